import { openBroker, type Broker, type LiveFeed, type LoggedEvent, type OutgoingCommand } from '@wabus/broker';
import {
  COMMAND_CATALOG,
  encodeCommandBody,
  EVENT_PARTS_BUCKET,
  EVENT_STREAM,
  OWNERSHIP_BUCKET,
  recordKey,
  REGISTRY_BUCKET,
  statusKey,
  WabusError,
  type DesiredState,
  type EventName,
  type SessionId,
  type SessionRecord,
  type SessionSettings,
  type SessionState,
  type SessionStatusRecord
} from '@wabus/contracts';
import {
  awaitCondition,
  changeStream,
  createTempFolder,
  findFreePort,
  launchNatsServer,
  launchProcess,
  launchSimulator,
  requireListedError,
  scanUntilLinked,
  type Args,
  type LaunchedProcess,
  type NatsServer,
  type RunningSimulator,
  type SimulatedAccount,
  type TempFolder
} from '@wabus/testing';
import { MetricsRegistry } from '@wabus/runtime';
import { firstValueFrom } from 'rxjs';
import { openAuthKeyFile } from './auth-state/auth-key-file.js';
import { AuthStateMetrics } from './auth-state/auth-state.metrics.js';
import { SessionCipher } from './auth-state/encryption.codec.js';
import { EpochWriter } from './auth-state/epoch.writer.js';
import { SessionRecords } from './auth-state/session-records.store.js';
import { ownerKey } from './ownership/ownership-records.codec.js';
import { TestLease } from './ownership/test-lease.fixture.js';

/** As connectors open the store of large parts: whoever opens it otherwise changes it. */
const [HOUR_MS, GIBIBYTE] = [3_600_000, 2 ** 30];

/** A connector process with a NATS server and a simulator of its own, and what a test sees of it from outside. */
export class ConnectorFixture {
  readonly events: LoggedEvent[] = [];
  connector!: LaunchedProcess;
  /** Of the connector's health and metrics. */
  url!: string;
  private feed!: LiveFeed;
  private sessions = 0;

  private constructor(
    readonly nats: NatsServer,
    readonly simulator: RunningSimulator,
    readonly broker: Broker,
    private readonly folder: TempFolder
  ) {}

  static async start(env: Record<string, string> = {}): Promise<ConnectorFixture> {
    const [nats, simulator] = await Promise.all([launchNatsServer(), launchSimulator()]);
    const buckets = [{ name: REGISTRY_BUCKET }, { name: OWNERSHIP_BUCKET }];
    const objectStores = [{ name: EVENT_PARTS_BUCKET, ttlMs: 78 * HOUR_MS, maxBytes: GIBIBYTE }];
    const broker = await openBroker({ connection: { servers: [nats.url], name: 'test' }, buckets, objectStores });
    const fixture = new ConnectorFixture(nats, simulator, broker, createTempFolder('connector'));
    fixture.feed = await broker.eventLog.follow(event => fixture.events.push(event));
    await fixture.startConnector(env);
    return fixture;
  }

  async startConnector(env: Record<string, string> = {}): Promise<void> {
    const { process, url } = await this.launchConnector(env);
    this.connector = process;
    this.url = url;
  }

  /** A further connector beside the one of the fixture; who launches it stops it. */
  async launchConnector(env: Record<string, string> = {}): Promise<{ process: LaunchedProcess; url: string }> {
    const port = await findFreePort();
    const url = `http://127.0.0.1:${port}`;
    const process = await launchProcess({
      name: 'connector',
      main: 'connector',
      readyUrl: `${url}/health/ready`,
      env: {
        WABUS_NATS_URL: this.nats.url,
        WABUS_CONNECTOR_PORT: String(port),
        WABUS_AUTH_KEY_FILE: `${this.folder.path}/auth.key`,
        WABUS_SIMULATOR_URL: this.simulator.url,
        WABUS_SIMULATOR_ROOT_KEY: this.simulator.rootPublicKey,
        WABUS_RECONNECT_BASE_MS: '200',
        WABUS_LOG_LEVEL: 'debug',
        // Looking for it costs a quarter of a start.
        WABUS_FFMPEG: 'off',
        ...env
      }
    });
    return { process, url };
  }

  /** Takes no more events, as a broken disk would; the auth state and everything else is stored as before. */
  async refuseEvents(refuse: boolean): Promise<void> {
    await changeStream(this.nats.url, EVENT_STREAM, ({ messages }) =>
      refuse ? { discard: 'new', max_msgs: messages } : { discard: 'old', max_msgs: -1 }
    );
  }

  /** Makes the log forget which ids it has seen, as it does automatically after its window. The server restarts. */
  async forgetEventIds(): Promise<void> {
    await changeStream(this.nats.url, EVENT_STREAM, () => ({ duplicate_window: 100_000_000 }));
    await this.nats.kill();
    await this.nats.restart();
    const answers = (): Promise<boolean> =>
      this.broker.eventLog.end().then(
        () => true,
        () => false
      );
    await awaitCondition(answers, Boolean, { what: 'NATS after its restart' });
  }

  /** Makes records of all that the write-ahead ring of a session holds, as its owner does in time; no connector may run it. */
  async foldRecords(session: SessionId): Promise<void> {
    const bucket = this.broker.buckets.bucket(OWNERSHIP_BUCKET);
    const owner = (await bucket.get(ownerKey(session)))!;
    const lease = new TestLease(session, await bucket.put(owner.key, owner.value));
    const cipher = new SessionCipher(openAuthKeyFile(`${this.folder.path}/auth.key`), session);
    const metrics = new AuthStateMetrics(new MetricsRegistry('test'));
    const records = new SessionRecords({ bucket, session, cipher, metrics, writer: new EpochWriter(bucket, lease) });
    await records.load();
    await records.drain();
  }

  /** Removes all keys of a type that a session has; no connector may run it. Settles with their number. */
  async loseKeys({ id }: ConnectorSession, type: string): Promise<number> {
    await this.foldRecords(id);
    const bucket = this.broker.buckets.bucket(OWNERSHIP_BUCKET);
    const entries = await bucket.list(`auth.${id}.${type}.*`);
    for (const { key } of entries) await bucket.delete(key);
    return entries.length;
  }

  /** One figure of `GET /metrics`, summed over its labels; 0 when it is not there. */
  async metric(name: string, label = ''): Promise<number> {
    const text = await (await fetch(`${this.url}/metrics`)).text();
    const lines = text.split('\n').filter(line => line.startsWith(name) && line.includes(label));
    return lines.reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' '))), 0);
  }

  /** What one check of `GET /health/ready` says. */
  async readinessDetail(check: string): Promise<string | undefined> {
    const response = await fetch(`${this.url}/health/ready`);
    const { checks } = (await response.json()) as { checks: Record<string, { detail?: string }> };
    return checks[check]?.detail;
  }

  /** The status of `GET /health/ready`. */
  async readiness(): Promise<number> {
    const response = await fetch(`${this.url}/health/ready`);
    await response.arrayBuffer();
    return response.status;
  }

  async stop(): Promise<void> {
    await this.connector.stop();
    await this.feed.stop();
    await this.broker.close();
    await Promise.all([this.simulator.stop(), this.nats.stop()]);
    this.folder.remove();
  }

  /** A session of its own that is wanted to run, not linked yet. */
  async createSession(settings?: SessionSettings): Promise<ConnectorSession> {
    const session = new ConnectorSession(this, `s${++this.sessions}` as SessionId, settings);
    await session.setDesired('running');
    return session;
  }

  /** A session that is linked to a new account, open and up to date. */
  async linkSession(wanted: Args<'createAccount'> = {}): Promise<ConnectorSession & { account: SimulatedAccount }> {
    const session = await this.createSession();
    const account = await this.simulator.control.createAccount(wanted);
    await session.scan(account);
    await session.awaitState('open');
    // Until its backlog is through, Baileys emits new messages before older ones.
    await this.simulator.control.awaitDevice({ phoneNumber: account.phoneNumber, online: true });
    await session.awaitEvent('connection.update', body => body.includes('"receivedPendingNotifications":true'));
    return Object.assign(session, { account });
  }
}

/** One session as a test sees it. */
export class ConnectorSession {
  private record: SessionRecord | null = null;

  constructor(
    private readonly fixture: ConnectorFixture,
    readonly id: SessionId,
    private settings?: SessionSettings
  ) {}

  /** Changes the settings as an edge does: no new connection is asked for. */
  async configure(settings: SessionSettings): Promise<void> {
    this.settings = settings;
    await this.setDesired(this.record?.desired ?? 'running');
  }

  async setDesired(desired: DesiredState, restart = false): Promise<void> {
    const now = new Date().toISOString();
    const generation = (this.record?.generation ?? 1) + (restart ? 1 : 0);
    this.record = {
      ...{ session: this.id, desired, generation, createdAt: this.record?.createdAt ?? now, updatedAt: now },
      ...(this.settings ? { settings: this.settings } : {})
    };
    await this.fixture.broker.buckets
      .bucket(REGISTRY_BUCKET)
      .put(recordKey(this.id), new TextEncoder().encode(JSON.stringify(this.record)));
  }

  async status(): Promise<SessionStatusRecord | null> {
    const entry = await this.fixture.broker.buckets.bucket(REGISTRY_BUCKET).get(statusKey(this.id));
    return entry && (JSON.parse(new TextDecoder().decode(entry.value)) as SessionStatusRecord);
  }

  async awaitStatus(predicate: (status: SessionStatusRecord) => boolean, waitMs = 15_000): Promise<SessionStatusRecord> {
    const status = await awaitCondition(
      () => this.status(),
      status => status !== null && predicate(status),
      { waitMs, what: `status of ${this.id}` }
    );
    return status!;
  }

  awaitState(state: SessionState, waitMs?: number): Promise<SessionStatusRecord> {
    return this.awaitStatus(status => status.state === state, waitMs);
  }

  /** The phone of an account scans the QR codes that the session shows until it is linked. */
  async scan({ phoneNumber }: SimulatedAccount): Promise<void> {
    await scanUntilLinked(this.fixture.simulator.control, phoneNumber, async previous => {
      const { qr } = await this.awaitStatus(status => status.qr !== null && status.qr.text !== previous);
      return qr!.text;
    });
  }

  /** Published events of this session, as they are in the log. */
  events(name?: EventName): LoggedEvent[] {
    return this.fixture.events.filter(({ facts }) => facts.session === this.id && (name === undefined || facts.event === name));
  }

  async awaitEvent(name: EventName, predicate: (body: string) => boolean = () => true): Promise<LoggedEvent> {
    const find = () => this.events(name).find(({ body }) => predicate(body));
    return (await awaitCondition(find, event => event !== undefined, { what: `${name} of ${this.id}` }))!;
  }

  /** Sends a command over NATS and answers its reply. Throws the `WabusError` that it was answered with. */
  async command(
    method: string,
    args: unknown,
    deadlineMs: number = COMMAND_CATALOG.sendMessage.deadlineMs,
    idempotencyKey?: string
  ): Promise<unknown> {
    const command: OutgoingCommand = { session: this.id, body: encodeCommandBody(args), deadlineMs, idempotencyKey };
    try {
      return await firstValueFrom(this.fixture.broker.commandProxy.send<unknown>(method, command), { defaultValue: undefined });
    } catch (error) {
      // An owner does not know the commands of the registry, which edges serve.
      if (error instanceof WabusError && error.code !== 'UNKNOWN_COMMAND') requireListedError(method, error.code);
      throw error;
    }
  }
}
