import type { SentMessage } from '@wabus/contracts';
import { awaitCondition, type SimulatedAccount, type StanzaJson } from '@wabus/testing';
import { ConnectorFixture, type ConnectorSession } from './connector.fixture.js';

/** More than the service allows within a window, so that not all requests may be answered at once. */
const MEMBERS = 130;
/** The window of the connector; that of the service is slightly longer, because it has its own clock. */
const WINDOW_MS = 300;

let fixture: ConnectorFixture;
let session: ConnectorSession & { account: SimulatedAccount };
beforeAll(async () => {
  fixture = await ConnectorFixture.start({ WABUS_RESEND_WINDOW_MS: String(WINDOW_MS), WABUS_LOG_LEVEL: 'info' });
  session = await fixture.linkSession();
}, 60_000);
afterAll(() => fixture.stop());

const control = () => fixture.simulator.control;
const newAccounts = (count: number) => Promise.all(Array.from({ length: count }, () => control().createAccount({})));
const loseSenderKeys = (members: SimulatedAccount[]) =>
  Promise.all(members.map(({ phoneNumber }) => control().forgetSessions({ phoneNumber, what: 'sender-keys' })));
const newGroup = async (members: SimulatedAccount[]) =>
  (await control().createGroup({ subject: 'Many', owner: session.account.phoneNumber, members: members.map(member => member.phoneNumber) }))
    .groupJid;
const send = async (jid: string, text: string) =>
  ((await session.command('sendMessage', { jid, content: { text } }, 60_000)) as SentMessage).key.id!;
const resends = () => control().resends({ phoneNumber: session.account.phoneNumber });
const outcome = (name: string) => fixture.metric('wabus_connector_resends_total', `outcome="${name}"`);
const deliver = (stanza: StanzaJson) => control().sendStanza({ phoneNumber: session.account.phoneNumber, stanza });

/** Resolves when each member has read this many messages, of which the last ones are `texts` in any order. */
async function allRead(members: SimulatedAccount[], count: number, texts: string[]): Promise<void> {
  const ends = await Promise.all(
    members.map(async ({ phoneNumber }) => {
      const received = await control().received({ phoneNumber, atLeast: count, waitMs: 60_000 });
      return received
        .slice(-texts.length)
        .map(({ text }) => text)
        .sort()
        .join();
    })
  );
  expect(new Set(ends)).toEqual(new Set([[...texts].sort().join()]));
}

/** The retry receipt of a phone for an unreadable message. */
const retryReceipt = (id: string, from: string, participant?: string): StanzaJson => ({
  tag: 'receipt',
  attrs: { id, type: 'retry', t: String(Math.floor(Date.now() / 1000)), from, ...(participant ? { participant } : {}) },
  content: [
    { tag: 'retry', attrs: { count: '1', id, v: '1', error: '0' } },
    { tag: 'registration', attrs: {}, content: { base64: 'AAAAAQ==' } }
  ]
});

test('a group that requests as one reads all, without a lock', async () => {
  const members = await newAccounts(MEMBERS);
  const group = await newGroup(members);
  await send(group, 'first');
  await allRead(members, 1, ['first']);
  // As observed in practice: 40 within the window would be too many.
  await control().setResends({ perChat: 100, windowMs: WINDOW_MS });
  await loseSenderKeys(members);
  await send(group, 'second');
  await awaitCondition(
    () => outcome('held-back'),
    held => held > 60,
    { what: 'requests that wait' }
  );
  // Meanwhile, all members have the sender key of the next message.
  await send(group, 'third');
  await allRead(members, 3, ['second', 'third']);
  const { resends: all, toAll, locked } = await resends();
  expect({ toAll, locked }).toEqual({ toAll: 0, locked: false });
  expect(all).toBeGreaterThanOrEqual(MEMBERS);
  expect((await session.status())!.resendsHeldBackAt).toEqual(expect.any(String));
  await control().setResends({ perChat: 40, windowMs: 60_000 });
}, 180_000);

test('a phone gets what it requests, and no other phone does', async () => {
  const [asker, other] = await newAccounts(2);
  const group = await newGroup([asker!, other!]);
  await send(group, 'one');
  await allRead([asker!, other!], 1, ['one']);
  const before = await resends();
  await loseSenderKeys([asker!]);
  const id = await send(group, 'two');
  await allRead([asker!, other!], 2, ['two']);
  const after = await resends();
  expect([after.resends - before.resends, after.toAll]).toEqual([1, 0]);
  const { entries } = await control().deliveries({ phoneNumber: other!.phoneNumber });
  expect(entries.find(delivery => delivery.id === id)?.copies).toBe(1);
  await send(group, 'three');
  await allRead([asker!, other!], 3, ['three']);
  expect((await resends()).resends).toBe(after.resends);
});

test('a direct message is resent only to the requesting phone', async () => {
  const [contact] = await newAccounts(1);
  await send(contact!.pnJid, 'hello');
  await allRead([contact!], 1, ['hello']);
  await control().sendMessage({ from: contact!.phoneNumber, to: session.account.phoneNumber, message: { conversation: 'an answer' } });
  await session.awaitEvent('messages.upsert', body => body.includes('an answer'));
  await control().forgetSessions({ phoneNumber: contact!.phoneNumber });
  await send(contact!.pnJid, 'after the loss');
  await allRead([contact!], 2, ['after the loss']);
});

test('a request for an unknown message gets no response', async () => {
  const [contact] = await newAccounts(1);
  const before = await resends();
  const unknown = await outcome('unknown');
  await deliver(retryReceipt('3EB0000000000000000000', contact!.lidJid));
  await awaitCondition(
    () => outcome('unknown'),
    count => count === unknown + 1,
    { what: 'the request to be counted' }
  );
  expect((await resends()).resends).toBe(before.resends);
  // It is acknowledged nevertheless.
  await awaitCondition(
    () => control().devices({ phoneNumber: session.account.phoneNumber }),
    ([device]) => device?.unconfirmed === 0,
    { what: 'an empty queue' }
  );
});

test('a device that never stops requesting gets five answers', async () => {
  const [contact] = await newAccounts(1);
  const id = await send(contact!.lidJid, 'often');
  const before = await resends();
  const handled = async () => (await outcome('used-up')) + (await outcome('sent'));
  const handledBefore = await handled();
  const usedUp = await outcome('used-up');
  for (let i = 1; i <= 8; i++) {
    await deliver(retryReceipt(id, contact!.lidJid));
    await awaitCondition(handled, count => count === handledBefore + i, { what: `request ${i} to be handled` });
  }
  expect(await outcome('used-up')).toBe(usedUp + 3);
  expect((await resends()).resends - before.resends).toBe(5);
});

/** Kills the connector and starts one with a different window; resolves when the session is open again. */
async function replaceConnector(windowMs: number): Promise<void> {
  const { epoch } = (await session.status())!;
  await fixture.connector.kill();
  await fixture.startConnector({ WABUS_RESEND_WINDOW_MS: String(windowMs), WABUS_OWNERSHIP_TIMING: 'single-server' });
  await session.awaitStatus(({ state, epoch: newer }) => state === 'open' && newer > epoch, 60_000);
}

test('waiting phones read everything after a connector is killed', async () => {
  await control().setResends({ perChat: 100, windowMs: WINDOW_MS });
  const members = await newAccounts(40);
  const group = await newGroup(members);
  // Twenty at once, and no more within this test.
  await replaceConnector(600_000);
  await send(group, 'before');
  await allRead(members, 1, ['before']);
  await loseSenderKeys(members);
  await send(group, 'while many wait');
  await awaitCondition(
    () => outcome('held-back'),
    held => held >= 20,
    { what: 'requests that wait' }
  );
  await replaceConnector(WINDOW_MS);
  await allRead(members, 2, ['while many wait']);
  expect((await resends()).locked).toBe(false);
}, 180_000);
