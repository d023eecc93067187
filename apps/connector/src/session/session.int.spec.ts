import { randomBytes } from 'node:crypto';
import { Logger as NestLogger } from '@nestjs/common';
import { openBroker, type Broker, type LiveFeed, type LoggedEvent } from '@wabus/broker';
import {
  EVENT_PARTS_BUCKET,
  MEDIA_BUCKET,
  OWNERSHIP_BUCKET,
  REGISTRY_BUCKET,
  type SessionId,
  type SessionStatusRecord
} from '@wabus/contracts';
import { Log, MetricsRegistry } from '@wabus/runtime';
import {
  awaitCondition,
  launchNatsServer,
  launchSimulator,
  scanUntilLinked,
  type NatsServer,
  type RunningSimulator,
  type SimulatedAccount
} from '@wabus/testing';
import { pino } from 'pino';
import { authKey } from '../auth-state/auth-key-file.js';
import { AuthStateMetrics } from '../auth-state/auth-state.metrics.js';
import { AuthStateStore } from '../auth-state/auth-state.store.js';
import { CommandResponder } from '../commands-in/command.responder.js';
import { BUILT_IN_VERSION } from '../client-version/built-in-version.js';
import { ClientVersionMetrics } from '../client-version/client-version.metrics.js';
import { ClientVersions } from '../client-version/client-versions.js';
import { CommandMetrics } from '../commands-in/command.metrics.js';
import { DeviceClaims } from '../credential-transfer/device-claims.js';
import { TransferService } from '../credential-transfer/transfer.service.js';
import { findFfmpeg } from '../media/bounded-ffmpeg.js';
import { FileConverter } from '../media/file-converter.js';
import { SessionMediaService } from '../media/session-media.service.js';
import { EventPartStore } from '../events-out/event-part.store.js';
import { EventPublisher } from '../events-out/event.publisher.js';
import { InboxMetrics } from '../events-out/inbox.metrics.js';
import { PublisherMetrics } from '../events-out/publisher.metrics.js';
import { SessionStatusStore } from '../session-status/session-status.store.js';
import { ownerKey } from '../ownership/ownership-records.codec.js';
import { SessionLease } from '../ownership/session-lease.js';
import { PASSKEY_TIMES } from '../whatsapp/linking/passkey.exchange.js';
import { BaileysEngine } from '../whatsapp/baileys.engine.js';
import { parseSimulatorOption } from '../whatsapp/connecting/simulator.policy.js';
import type { SessionEventMap } from './session-events.js';
import { SessionRegistry } from './session.registry.js';

/** A lease of a process that is not notified about other owners: its watch has stalled. */
class DeafLease extends SessionLease {
  readonly lost = new AbortController().signal;

  constructor(
    readonly session: SessionId,
    readonly epoch: number
  ) {
    super();
  }

  isValid(): boolean {
    return true;
  }
}

/** A publisher that can throw for Baileys' events of one session. */
class TemperamentalPublisher extends EventPublisher {
  throwsFor: SessionId | null = null;
  thrown = 0;

  override emit<Name extends keyof SessionEventMap>(lease: SessionLease, name: Name, payload: SessionEventMap[Name]): void {
    if (lease.session === this.throwsFor && name !== 'session.status') {
      this.thrown++;
      throw new Error('a handler failed');
    }
    super.emit(lease, name, payload);
  }
}

interface Running {
  readonly lease: DeafLease;
  readonly account: SimulatedAccount;
}

describe('sessions of one process', () => {
  const logged: LoggedEvent[] = [];
  let nats: NatsServer;
  let simulator: RunningSimulator;
  let broker: Broker;
  let feed: LiveFeed;
  let events: TemperamentalPublisher;
  let sessions: SessionRegistry;
  let statuses: SessionStatusStore;
  const leases: DeafLease[] = [];

  beforeAll(async () => {
    NestLogger.overrideLogger(['fatal']);
    [nats, simulator] = await Promise.all([launchNatsServer(), launchSimulator()]);
    const buckets = [{ name: REGISTRY_BUCKET }, { name: OWNERSHIP_BUCKET }];
    broker = await openBroker({
      connection: { servers: [nats.url], name: 'test' },
      buckets,
      objectStores: [MEDIA_BUCKET, EVENT_PARTS_BUCKET].map(name => ({ name, ttlMs: 600_000, maxBytes: -1 }))
    });
    feed = await broker.eventLog.follow(event => logged.push(event));
    const logger = pino({ level: 'silent' });
    const metrics = new MetricsRegistry('test');
    events = new TemperamentalPublisher({
      log: broker.eventLog,
      eventParts: new EventPartStore(broker.objectStores, new Log(logger)),
      settings: { maxPendingBytes: 10_000_000, inboxJournal: true },
      metrics: new PublisherMetrics(metrics),
      inboxMetrics: new InboxMetrics(metrics),
      logger
    });
    statuses = new SessionStatusStore(broker.buckets);
    sessions = new SessionRegistry({
      authStates: new AuthStateStore(broker.buckets, { keys: [authKey(randomBytes(32))], logger }, new AuthStateMetrics(metrics)),
      statuses,
      engine: new BaileysEngine(
        {
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
          addressing: 'auto',
          reach: { newChatsPerDay: 0, sendWhileRestricted: false, restrictionCheckMs: 3_600_000 },
          numberLookupsPerHour: 500
        },
        logger
      ),
      versions: new ClientVersions(
        broker.buckets,
        {
          connector: 'c1',
          fixed: BUILT_IN_VERSION.version,
          minIntervalMs: 1_000,
          page: { url: new URL('http://127.0.0.1:9/sw.js'), proxy: null, guard: null, limitMs: 1_000 }
        },
        new ClientVersionMetrics(metrics),
        new Log(logger)
      ),
      events,
      transfers: new TransferService(
        broker.transferServer,
        new DeviceClaims(broker.buckets),
        { maxBytes: 1_000_000, maxImports: 1, idleMs: 10_000, exportAllowed: false },
        new Log(logger)
      ),
      commands: new CommandResponder(
        broker.commandServer,
        new SessionMediaService(broker.objectStores, { maxFileBytes: 1024, ffmpeg: 'off' }, new FileConverter(findFfmpeg('off'))),
        { idempotencyTtlMs: 60_000 },
        new Log(logger),
        new CommandMetrics(metrics)
      ),
      settings: {
        connector: 'c1',
        passkeyTimes: PASSKEY_TIMES,
        reconnect: {
          baseMs: 50,
          capMs: 1_000,
          contendedBaseMs: 300,
          contendedCapMs: 300,
          slowBaseMs: 300,
          slowCapMs: 300,
          outdatedBaseMs: 300,
          outdatedCapMs: 300
        },
        stableOpenMs: 60_000,
        statusIntervalMs: 1_000,
        maxQrRounds: 1,
        unlinkLimitMs: 1_000
      },
      logger
    });
  }, 30_000);
  afterAll(async () => {
    await Promise.all(leases.map(lease => sessions.release(lease)));
    await feed.stop();
    await broker.close();
    await Promise.all([simulator.stop(), nats.stop()]);
  });

  const take = (session: SessionId, connector: string) =>
    broker.buckets.bucket(OWNERSHIP_BUCKET).put(ownerKey(session), Buffer.from(JSON.stringify({ connector, incarnation: 'i' })));
  const awaitStatus = async (lease: SessionLease, predicate: (status: SessionStatusRecord) => boolean): Promise<SessionStatusRecord> =>
    (await awaitCondition(
      () => statuses.read(lease),
      status => status !== null && predicate(status),
      { waitMs: 15_000, what: `status of ${lease.session}` }
    ))!;

  async function run(): Promise<Running> {
    const session = `r${leases.length}` as SessionId;
    const lease = new DeafLease(session, await take(session, 'c1'));
    leases.push(lease);
    const now = new Date().toISOString();
    await sessions.reconcile(lease, { session, desired: 'running', generation: 1, createdAt: now, updatedAt: now });
    const account = await simulator.control.createAccount({});
    await scanUntilLinked(simulator.control, account.phoneNumber, async previous => {
      const { qr } = await awaitStatus(lease, status => status.qr !== null && status.qr.text !== previous);
      return qr!.text;
    });
    await awaitStatus(lease, ({ state }) => state === 'open');
    await simulator.control.awaitDevice({ phoneNumber: account.phoneNumber, online: true });
    return { lease, account };
  }

  const replace = ({ account }: Running) =>
    simulator.control.disconnect({ phoneNumber: account.phoneNumber, how: 'stream-error', conflict: true });
  const logins = async ({ account }: Running) => (await simulator.control.devices({ phoneNumber: account.phoneNumber }))[0]!.logins;
  async function receives({ lease, account }: Running, text: string): Promise<void> {
    const { phoneNumber } = await simulator.control.createAccount({});
    await simulator.control.sendMessage({ from: phoneNumber, to: account.phoneNumber, message: { conversation: text } });
    await awaitCondition(
      () => logged.some(({ facts, body }) => facts.session === lease.session && body.includes(text)),
      found => found
    );
  }

  test('yields to another owner when replaced, otherwise reconnects', async () => {
    const [taken, kept] = [await run(), await run()];
    const [before, beforeKept] = [await logins(taken), await logins(kept)];
    await take(taken.lease.session, 'c2');
    await replace(taken);
    await awaitStatus(taken.lease, ({ connector }) => connector === null);
    // As long as a reconnect takes.
    await replace(kept);
    await awaitCondition(
      () => logins(kept),
      count => count === beforeKept + 1
    );
    await awaitStatus(kept.lease, ({ state }) => state === 'open');
    expect(await logins(taken)).toBe(before);
  });

  test('a handler that throws for one session disturbs no other', async () => {
    const [victim, bystander] = [await run(), await run()];
    const before = [await logins(victim), await logins(bystander)];
    events.throwsFor = victim.lease.session;
    const contact = await simulator.control.createAccount({});
    await simulator.control.sendMessage({
      from: contact.phoneNumber,
      to: victim.account.phoneNumber,
      message: { conversation: 'unheard' }
    });
    await awaitCondition(
      () => events.thrown,
      thrown => thrown > 0
    );
    await receives(bystander, 'beside the failing handler');
    events.throwsFor = null;
    await receives(victim, 'after the failing handler');
    expect([await logins(victim), await logins(bystander)]).toEqual(before);
  });
});
