import { randomBytes } from 'node:crypto';
import { Logger as NestLogger } from '@nestjs/common';
import { openBroker, type Broker } from '@wabus/broker';
import { OWNERSHIP_BUCKET, type SessionId } from '@wabus/contracts';
import {
  awaitCondition,
  launchNatsServer,
  launchSimulator,
  type NatsServer,
  type RunningSimulator,
  type SimulatedAccount
} from '@wabus/testing';
import type { WAMessage } from '@whiskeysockets/baileys';
import { pino } from 'pino';
import { authKey } from '../../auth-state/auth-key-file.js';
import type { AuthState } from '../../auth-state/auth-state.js';
import { MetricsRegistry } from '@wabus/runtime';
import { AuthStateMetrics } from '../../auth-state/auth-state.metrics.js';
import { AuthStateStore } from '../../auth-state/auth-state.store.js';
import { ownerKey } from '../../ownership/ownership-records.codec.js';
import { TestLease } from '../../ownership/test-lease.fixture.js';
import { PASSKEY_TIMES, PasskeyExchange } from '../linking/passkey.exchange.js';
import { BaileysEngine } from '../baileys.engine.js';
import { parseSimulatorOption } from '../connecting/simulator.policy.js';
import { isUndecrypted, type WhatsAppSocket } from '../whatsapp-engine.js';

/** The placeholder of a message that could not be read. */
const UNREAD = 'unread';
const text = (message: { message?: { conversation?: string | null } | null }) => message.message?.conversation;

/** An account that is linked to this process without a Wabus session. */
interface Linked {
  readonly account: SimulatedAccount;
  readonly socket: WhatsAppSocket;
  readonly lease: TestLease;
  readonly received: string[];
}

let nats: NatsServer;
let simulator: RunningSimulator;
let broker: Broker;
let engine: BaileysEngine;
/** An engine whose signed pre-keys expire immediately. */
let rotating: BaileysEngine;
let authStates: AuthStateStore;
const sockets: WhatsAppSocket[] = [];

beforeAll(async () => {
  NestLogger.overrideLogger(['fatal']);
  [nats, simulator] = await Promise.all([launchNatsServer(), launchSimulator()]);
  broker = await openBroker({ connection: { servers: [nats.url], name: 'test' }, buckets: [{ name: OWNERSHIP_BUCKET }] });
  const logger = pino({ level: 'silent' });
  authStates = new AuthStateStore(
    broker.buckets,
    { keys: [authKey(randomBytes(32))], logger },
    new AuthStateMetrics(new MetricsRegistry('test'))
  );
  const settings = {
    simulator: parseSimulatorOption(simulator.url, simulator.rootPublicKey),
    proxy: null,
    proxyGuard: { permits: () => false },
    syncFullHistory: false,
    qrTimeoutMs: null,
    keepAliveMs: 30_000,
    silenceLimitMs: 65_000,
    watchdogMs: 30_000,
    backlogLimitMs: 120_000,
    resends: { perChat: 10, windowMs: 60_000 },
    sentMessageTtlMs: 60_000,
    addressing: 'auto' as const,
    reach: { newChatsPerDay: 0, sendWhileRestricted: false, restrictionCheckMs: 3_600_000 },
    numberLookupsPerHour: 500
  };
  engine = new BaileysEngine(settings, logger);
  rotating = new BaileysEngine({ ...settings, signedPreKeyMaxAgeMs: 1 }, logger);
}, 30_000);
afterAll(async () => {
  await Promise.all(sockets.map(socket => socket.close()));
  await broker.close();
  await Promise.all([simulator.stop(), nats.stop()]);
});

async function link(name: string, by = engine): Promise<Linked> {
  const session = name as SessionId;
  const epoch = await broker.buckets.bucket(OWNERSHIP_BUCKET).put(ownerKey(session), new Uint8Array([1]));
  const lease = new TestLease(session, epoch);
  const auth = await authStates.open(lease);
  const account = await simulator.control.createAccount({});
  const received: string[] = [];
  await connect({ auth, account, received, linked: false, by });
  return { account, lease, socket: await connect({ auth, account, received, linked: true, by }), received };
}

/** Connects the account under a new lease. */
async function relink({ account, lease, received }: Linked): Promise<void> {
  const epoch = await broker.buckets.bucket(OWNERSHIP_BUCKET).put(ownerKey(lease.session), new Uint8Array([2]));
  const auth = await authStates.open(new TestLease(lease.session, epoch));
  await connect({ auth, account, received, linked: true, by: engine });
}

/** Opens a connection, which either links and ends, or logs in. Resolves once that is done. */
async function connect({
  auth,
  account,
  received,
  linked,
  by
}: {
  auth: AuthState;
  account: SimulatedAccount;
  received: string[];
  linked: boolean;
  by: BaileysEngine;
}): Promise<WhatsAppSocket> {
  const ready = new EventTarget();
  const done = new Promise(resolve => ready.addEventListener('ready', resolve, { once: true }));
  const socket = await by.open({
    session: account.phoneNumber as SessionId,
    auth,
    inbox: null,
    version: [2, 3000, 1_043_857_760],
    proxy: null,
    passkey: new PasskeyExchange({
      times: PASSKEY_TIMES,
      compareAlways: () => false,
      begun: () => undefined,
      changed: () => undefined
    }),
    listener: {
      event: (name, payload) => {
        if (name !== 'messages.upsert') return;
        const { messages } = payload as { messages: WAMessage[] };
        received.push(...messages.flatMap(message => (isUndecrypted(message) ? UNREAD : (text(message) ?? []))));
      },
      history: () => Promise.resolve(true),
      voted: () => undefined,
      unopened: () => undefined,
      progress: () => undefined,
      notified: () => undefined,
      received: () => undefined,
      counted: () => undefined,
      qr: qr => void simulator.control.scanQr({ phoneNumber: account.phoneNumber, qr }).catch(() => undefined),
      linked: () => undefined,
      limited: () => undefined,
      pairingCode: () => undefined,
      passkeyWaits: () => undefined,
      clientExpires: () => undefined,
      resendsHeldBack: () => undefined,
      collectionGivenUp: () => undefined,
      opened: () => ready.dispatchEvent(new Event('ready')),
      closed: () => (linked ? undefined : ready.dispatchEvent(new Event('ready')))
    }
  });
  sockets.push(socket);
  await done;
  return socket;
}

const send = ({ socket }: Linked, to: string, words: string) =>
  socket.sendMessage({ jid: to, content: { text: words }, signal: AbortSignal.timeout(20_000) });

const arrived = async (at: SimulatedAccount): Promise<string[]> => {
  const messages = await simulator.control.received({ phoneNumber: at.phoneNumber });
  return messages.flatMap(({ text: words }) => words ?? []);
};

const arrival = (at: SimulatedAccount, words: string) =>
  awaitCondition(
    () => arrived(at),
    found => found.includes(words),
    { what: words }
  );

test.each(['a contact', 'a group'])(
  'stores used keys before it sends anything to %s',
  async whom => {
    const sender = await link(whom.replace(' ', '-'));
    const contact = await simulator.control.createAccount({});
    const { phoneNumber } = sender.account;
    const { groupJid } = await simulator.control.createGroup({ subject: 'g', owner: phoneNumber, members: [contact.phoneNumber] });
    const to = whom === 'a group' ? groupJid : contact.pnJid;
    await send(sender, to, 'before');
    await arrival(contact, 'before');
    await nats.pause();
    const sent = send(sender, to, 'meanwhile');
    await expect(
      awaitCondition(
        () => arrived(contact),
        found => found.includes('meanwhile'),
        { waitMs: 700 }
      )
    ).rejects.toThrow('not met');
    await nats.resume();
    await sent;
    await arrival(contact, 'meanwhile');
  },
  30_000
);

test('are readable if two accounts write at the same time', async () => {
  const [a, b] = await Promise.all([link('a'), link('b')]);
  const contact = await simulator.control.createAccount({});
  for (const { account } of [a, b]) {
    const greeting = `to ${account.phoneNumber} first`;
    await simulator.control.sendMessage({ from: contact.phoneNumber, to: account.phoneNumber, message: { conversation: greeting } });
  }
  await awaitCondition(
    () => [a, b].map(({ received }) => received.length),
    counts => counts.every(count => count >= 1)
  );
  const rounds = Array.from({ length: 15 }, (_, i) => i);
  await Promise.all(
    [a, b].flatMap(linked =>
      rounds.map(async i => {
        const conversation = `to ${linked.account.phoneNumber} ${i}`;
        await Promise.all([
          send(linked, contact.pnJid, `from ${linked.account.phoneNumber} ${i}`),
          simulator.control.sendMessage({ from: contact.phoneNumber, to: linked.account.phoneNumber, message: { conversation } })
        ]);
      })
    )
  );
  for (const { account, received } of [a, b]) {
    const expected = rounds.map(i => `to ${account.phoneNumber} ${i}`);
    await awaitCondition(
      () => received,
      found => expected.every(words => found.includes(words)),
      { what: 'messages in' }
    );
    expect(received.filter(words => expected.includes(words))).toHaveLength(rounds.length);
    for (const i of rounds) await arrival(contact, `from ${account.phoneNumber} ${i}`);
  }
}, 30_000);

test('first messages with the former signed pre-key are read', async () => {
  const reader = await link('rotated', rotating);
  await awaitCondition(
    async () => (await simulator.control.stats({})).iqs,
    iqs => Object.entries(iqs).some(([name, count]) => name.includes('rotate') && count > 0),
    { what: 'a rotation' }
  );
  const { retriesByDevices } = await simulator.control.stats({});
  // The simulator provides the former key once.
  for (const words of ['by the former key', 'by the present key']) {
    const { phoneNumber: from } = await simulator.control.createAccount({});
    await simulator.control.sendMessage({ from, to: reader.account.phoneNumber, message: { conversation: words } });
    await awaitCondition(
      () => reader.received,
      found => found.includes(words),
      { what: words }
    );
  }
  expect((await simulator.control.stats({})).retriesByDevices).toBe(retriesByDevices);
});

test('messages that cannot be stored are redelivered in order', async () => {
  const linked = await link('lost');
  const { phoneNumber: to } = linked.account;
  const { phoneNumber: from } = await simulator.control.createAccount({});
  const write = (conversation: string) => simulator.control.sendMessage({ from, to, message: { conversation } });
  await write('before');
  await awaitCondition(
    () => linked.received,
    found => found.includes('before'),
    { what: 'the first message' }
  );
  const { retriesByDevices } = await simulator.control.stats({});
  linked.lease.expire();
  for (const words of ['one', 'two']) await write(words);
  await simulator.control.awaitDevice({ phoneNumber: to, online: false });
  expect(await simulator.control.devices({ phoneNumber: to })).toMatchObject([{ unconfirmed: 2 }]);
  await relink(linked);
  await awaitCondition(
    () => linked.received,
    found => found.includes('two'),
    { what: 'the last message' }
  );
  expect(linked.received).toEqual(['before', 'one', 'two']);
  expect((await simulator.control.stats({})).retriesByDevices).toBe(retriesByDevices);
});
