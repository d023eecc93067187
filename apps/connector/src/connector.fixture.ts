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

/** The settings with which connectors open the store of large parts: opening it with other settings would change it. */
const [HOUR_MS, GIBIBYTE] = [3_600_000, 2 ** 30];

/** A connector process with its own NATS server and simulator, and the view that a test has from outside. */
export class ConnectorFixture {
  readonly events: LoggedEvent[] = [];
  connector!: LaunchedProcess;
  /** The base URL of the connector's health and metrics. */
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

  /** Launches a further connector in addition to the fixture's own; the caller stops it. */
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
        // Detecting it takes a quarter of the startup time.
        WABUS_FFMPEG: 'off',
        ...env
      }
    });
    return { process, url };
  }

  /** Makes the log refuse events, like a broken disk; the auth state and everything else are stored as before. */
  async refuseEvents(refuse: boolean): Promise<void> {
    await changeStream(this.nats.url, EVENT_STREAM, ({ messages }) =>
      refuse ? { discard: 'new', max_msgs: messages } : { discard: 'old', max_msgs: -1 }
    );
  }

  /** Clears the log's memory of event ids, as happens automatically after its window. The server restarts. */
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

  /** Folds the complete write-ahead ring of a session into records, as its owner eventually does; no connector may run the session. */
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

  /** Removes all keys of a type from a session; no connector may run it. Resolves with their number. */
  async loseKeys({ id }: ConnectorSession, type: string): Promise<number> {
    await this.foldRecords(id);
    const bucket = this.broker.buckets.bucket(OWNERSHIP_BUCKET);
    const entries = await bucket.list(`auth.${id}.${type}.*`);
    for (const { key } of entries) await bucket.delete(key);
    return entries.length;
  }

  /** Returns one value of `GET /metrics`, summed over its labels; 0 if it is missing. */
  async metric(name: string, label = ''): Promise<number> {
    const text = await (await fetch(`${this.url}/metrics`)).text();
    const lines = text.split('\n').filter(line => line.startsWith(name) && line.includes(label));
    return lines.reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' '))), 0);
  }

  /** Returns the detail of one check in `GET /health/ready`. */
  async readinessDetail(check: string): Promise<string | undefined> {
    const response = await fetch(`${this.url}/health/ready`);
    const { checks } = (await response.json()) as { checks: Record<string, { detail?: string }> };
    return checks[check]?.detail;
  }

  /** Returns the status of `GET /health/ready`. */
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

  /** Creates a session whose desired state is running, but that is not linked yet. */
  async createSession(settings?: SessionSettings): Promise<ConnectorSession> {
    const session = new ConnectorSession(this, `s${++this.sessions}` as SessionId, settings);
    await session.setDesired('running');
    return session;
  }

  /** Creates a session that is linked to a new account, open and up to date. */
  async linkSession(wanted: Args<'createAccount'> = {}): Promise<ConnectorSession & { account: SimulatedAccount }> {
    const session = await this.createSession();
    const account = await this.simulator.control.createAccount(wanted);
    await session.scan(account);
    await session.awaitState('open');
    // Until its backlog is complete, Baileys emits new messages before older ones.
    await this.simulator.control.awaitDevice({ phoneNumber: account.phoneNumber, online: true });
    await session.awaitEvent('connection.update', body => body.includes('"receivedPendingNotifications":true'));
    return Object.assign(session, { account });
  }
}

/** One session from the point of view of a test. */
export class ConnectorSession {
  private record: SessionRecord | null = null;

  constructor(
    private readonly fixture: ConnectorFixture,
    readonly id: SessionId,
    private settings?: SessionSettings
  ) {}

  /** Changes the settings as an edge does, without requesting a new connection. */
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

  /** Scans the QR codes that the session shows with an account's phone until the session is linked. */
  async scan({ phoneNumber }: SimulatedAccount): Promise<void> {
    await scanUntilLinked(this.fixture.simulator.control, phoneNumber, async previous => {
      const { qr } = await this.awaitStatus(status => status.qr !== null && status.qr.text !== previous);
      return qr!.text;
    });
  }

  /** Returns the published events of this session as they are in the log. */
  events(name?: EventName): LoggedEvent[] {
    return this.fixture.events.filter(({ facts }) => facts.session === this.id && (name === undefined || facts.event === name));
  }

  async awaitEvent(name: EventName, predicate: (body: string) => boolean = () => true): Promise<LoggedEvent> {
    const find = () => this.events(name).find(({ body }) => predicate(body));
    return (await awaitCondition(find, event => event !== undefined, { what: `${name} of ${this.id}` }))!;
  }

  /** Sends a command over NATS and returns the data of its reply. Throws the `WabusError` of the reply. */
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
      // An owner does not implement the commands of the registry, which edges serve.
      if (error instanceof WabusError && error.code !== 'UNKNOWN_COMMAND') requireListedError(method, error.code);
      throw error;
    }
  }
}
