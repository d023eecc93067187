import { Logger as NestLogger } from '@nestjs/common';
import { openBroker, type Broker } from '@wabus/broker';
import { OWNERSHIP_BUCKET, REGISTRY_BUCKET, recordKey, type DesiredState, type SessionId, type SessionRecord } from '@wabus/contracts';
import { launchNatsServer, launchTcpProxy, type NatsServer, type TcpProxy } from '@wabus/testing';
import { pino } from 'pino';
import { OwnershipLoop } from './ownership.loop.js';
import { SINGLE_SERVER_TIMING, type OwnershipOptions } from './ownership.options.js';
import { SessionRunner, type SessionLease } from './session-lease.js';

export const sessionId = (name: string): SessionId => name as SessionId;

/** A runner without sockets: it records its calls, and tests can delay it or make it fail. */
export class RecordingRunner extends SessionRunner {
  /** Leases of the sessions that are running. */
  readonly running = new Map<SessionId, SessionLease>();
  readonly reconciled: { readonly lease: SessionLease; readonly record: SessionRecord }[] = [];
  readonly released: SessionLease[] = [];
  overlaps = 0;
  /** The work of a reconcile before it settles; tests replace it. */
  work: (record: SessionRecord, lease: SessionLease) => Promise<void> = () => Promise.resolve();
  private readonly underWay = new Set<SessionId>();

  async reconcile(lease: SessionLease, record: SessionRecord): Promise<void> {
    if (this.underWay.has(lease.session)) this.overlaps++;
    this.underWay.add(lease.session);
    try {
      this.reconciled.push({ lease, record });
      this.running.set(lease.session, lease);
      await this.work(record, lease);
    } finally {
      this.underWay.delete(lease.session);
    }
  }

  release(lease: SessionLease): Promise<void> {
    this.released.push(lease);
    if (this.running.get(lease.session) === lease) this.running.delete(lease.session);
    return Promise.resolve();
  }

  /** Returns the desired states that were passed for a session, with generations. */
  seen(session: SessionId): string[] {
    return this.reconciled.filter(one => one.record.session === session).map(({ record }) => `${record.desired}:${record.generation}`);
  }
}

/** The ownership part of a connector, behind its own proxy. */
export interface TestConnector {
  readonly loop: OwnershipLoop;
  readonly runner: RecordingRunner;
  readonly broker: Broker;
  readonly proxy: TcpProxy;
}

/** A nats-server with the registry, and connectors. */
export class OwnershipFixture {
  private readonly connectors: TestConnector[] = [];

  private constructor(
    readonly server: NatsServer,
    readonly broker: Broker
  ) {}

  static async launch(): Promise<OwnershipFixture> {
    NestLogger.overrideLogger(['fatal']);
    const server = await launchNatsServer();
    return new OwnershipFixture(server, await open(server.url));
  }

  async connector(id: string, options: Partial<OwnershipOptions> = {}): Promise<TestConnector> {
    const connector = await this.prepare(id, options);
    await connector.loop.start();
    return connector;
  }

  /** Creates a connector without starting it. */
  async prepare(id: string, options: Partial<OwnershipOptions> = {}): Promise<TestConnector> {
    const proxy = await launchTcpProxy({ port: this.server.port });
    const broker = await open(`127.0.0.1:${proxy.port}`);
    const runner = new RecordingRunner();
    const loop = new OwnershipLoop({
      buckets: broker.buckets,
      presence: broker.presence,
      eventLog: broker.eventLog,
      runner,
      options: { connector: id, timing: SINGLE_SERVER_TIMING, ...options },
      logger: pino({ level: 'silent' })
    });
    const connector = { loop, runner, broker, proxy };
    this.connectors.push(connector);
    return connector;
  }

  /** Writes the record of a session. */
  async setDesired(session: SessionId, desired: DesiredState, generation = 1): Promise<number> {
    const at = new Date().toISOString();
    const record: SessionRecord = { session, desired, generation, createdAt: at, updatedAt: at };
    return this.broker.buckets.bucket(REGISTRY_BUCKET).put(recordKey(session), new TextEncoder().encode(JSON.stringify(record)));
  }

  /** Returns the keys of both buckets. */
  async keys(): Promise<string[]> {
    const buckets = [REGISTRY_BUCKET, OWNERSHIP_BUCKET].map(name => this.broker.buckets.bucket(name));
    return (await Promise.all(buckets.map(bucket => bucket.list('>')))).flat().map(entry => entry.key);
  }

  async close(): Promise<void> {
    for (const { proxy } of this.connectors) proxy.pass();
    await Promise.all(this.connectors.map(({ loop }) => loop.drain()));
    await Promise.all([this.broker, ...this.connectors.map(({ broker }) => broker)].map(broker => broker.close()));
    await Promise.all(this.connectors.map(({ proxy }) => proxy.stop()));
    await this.server.stop();
  }
}

function open(url: string): Promise<Broker> {
  return openBroker({
    connection: { servers: [url], name: 'test', requestTimeoutMs: 500 },
    buckets: [{ name: REGISTRY_BUCKET }, { name: OWNERSHIP_BUCKET }]
  });
}
