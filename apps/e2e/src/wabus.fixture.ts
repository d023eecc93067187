import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  appMain,
  awaitCondition,
  createTempFolder,
  EdgeClient,
  findFreePort,
  launchNatsCluster,
  launchNatsServer,
  launchProcess,
  launchSimulator,
  scanUntilLinked,
  launchTcpProxy,
  natsUserEnvironment,
  natsUsers,
  type LaunchedProcess,
  type NatsCluster,
  type NatsServer,
  type NatsService,
  type RunningSimulator,
  type SimulatedAccount,
  type TcpProxy,
  type TempFolder
} from '@wabus/testing';
import type { QrCode, SessionView } from '@wabus/contracts';

export interface WabusOptions {
  connectors?: number;
  edges?: number;
  /** Port of the first edge; if missing, a free one. */
  edgePort?: number;
  connectorEnv?: Record<string, string>;
  edgeEnv?: Record<string, string>;
  /** Node.js flags of the connectors. */
  connectorNodeArgs?: string[];
  /** Node.js flags of the edges. */
  edgeNodeArgs?: string[];
  /** An acknowledged write is on disk, as in deployments of Wabus. One server only. */
  natsOnDisk?: boolean;
  /** The size limit of the store, with `natsOnDisk`. Unlimited if missing. */
  natsStoreBytes?: number;
  /** Appended to the configuration of the single server. */
  natsConfiguration?: string;
  /** Runs three nats-servers instead of one; `nats` is then not set. Connectors use three replicas and their usual timing. */
  cluster?: boolean;
  /** Uses NATS users as deployed: each process has only the permissions of its role. One server only. */
  roles?: boolean;
  /** Services with their own users, with `roles`. */
  services?: Readonly<Record<string, NatsService>>;
  /** The folder whose build the first connectors and edges run; missing or `null`: the build that runs this code. */
  build?: string | null;
  /** Puts a separate proxy on each connector's links to NATS (one server only) and to WhatsApp. */
  proxied?: boolean;
}

/** The links of one connector, which tests cut and restore. */
export interface ConnectorLinks {
  readonly nats: TcpProxy;
  readonly whatsapp: TcpProxy;
}

/** The whole product as processes: nats-server, simulator, connectors and edges, started and stopped by the test. */
export class WabusFixture implements AsyncDisposable {
  readonly connectors: LaunchedProcess[] = [];
  readonly edges: LaunchedProcess[] = [];
  /** One client per edge. */
  readonly clients: EdgeClient[] = [];
  readonly token = randomBytes(32).toString('base64url');
  /** The links of connectors by id, if they are proxied. */
  readonly links = new Map<string, ConnectorLinks>();
  /** The base URL of each connector's health and metrics, by its id. */
  readonly connectorUrls = new Map<string, string>();
  nats!: NatsServer;
  cluster: NatsCluster | null = null;
  simulator!: RunningSimulator;
  private readonly folder: TempFolder = createTempFolder('e2e');

  private constructor(private readonly options: WabusOptions) {}

  static async start(options: WabusOptions = {}): Promise<WabusFixture> {
    const wabus = new WabusFixture(options);
    try {
      writeFileSync(wabus.tokenFile, `${wabus.token}\n`, { mode: 0o600 });
      writeFileSync(wabus.authKeyFile, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600 });
      [wabus.simulator] = await Promise.all([launchSimulator(), wabus.startNats()]);
      await wabus.startProcesses();
      return wabus;
    } catch (error) {
      await wabus.stop();
      throw error;
    }
  }

  /** The URLs of all nats-servers, separated by commas. */
  get natsUrl(): string {
    return this.cluster?.url ?? this.nats.url;
  }

  get tokenFile(): string {
    return join(this.folder.path, 'access-token');
  }

  get edge(): EdgeClient {
    return this.clients[0]!;
  }

  get control(): RunningSimulator['control'] {
    return this.simulator.control;
  }

  /** The folder in which the single server stores everything. */
  get natsStore(): string {
    return join(this.folder.path, 'nats');
  }

  /** Starts the configured number of connectors and edges, in addition to those that run. */
  async startProcesses(): Promise<void> {
    const { connectors = 1, edges = 1 } = this.options;
    const starting = Array.from({ length: connectors }, (_, i) => this.launchConnector(`c${i + 1}`));
    for (let i = 0; i < edges; i++) await this.startEdge(i === 0 ? this.options.edgePort : undefined);
    this.connectors.push(...(await Promise.all(starting)));
  }

  /** Starts a connector, with the build in another folder if one is given. */
  async startConnector(id: string, build = this.options.build): Promise<LaunchedProcess> {
    const connector = await this.launchConnector(id, build);
    this.connectors.push(connector);
    return connector;
  }

  /** Starts NATS with its store. */
  async startNats(): Promise<void> {
    if (this.options.cluster) this.cluster = await launchNatsCluster();
    else
      this.nats = await launchNatsServer({
        storeDir: this.natsStore,
        configuration: this.natsConfiguration()
      });
  }

  private natsConfiguration(): string {
    const { natsConfiguration = '', natsOnDisk = false, natsStoreBytes, roles = false, services } = this.options;
    const limit = natsStoreBytes === undefined ? '' : `, max_file_store: ${natsStoreBytes}`;
    const onDisk = `jetstream { store_dir: "${this.natsStore}", sync_interval: always${limit} }`;
    return [natsConfiguration, ...(natsOnDisk ? [onDisk] : []), ...(roles ? [natsUsers(services)] : [])].join('\n');
  }

  private async linksOf(id: string): Promise<ConnectorLinks | null> {
    if (!this.options.proxied) return null;
    const known = this.links.get(id);
    if (known) return known;
    const [nats, whatsapp] = await Promise.all([
      launchTcpProxy({ port: this.nats.port }),
      launchTcpProxy({ port: Number(new URL(this.simulator.url).port) })
    ]);
    const links = { nats, whatsapp };
    this.links.set(id, links);
    return links;
  }

  private async launchConnector(id: string, build = this.options.build): Promise<LaunchedProcess> {
    const [port, links] = await Promise.all([findFreePort(), this.linksOf(id)]);
    const simulatorUrl = new URL(this.simulator.url);
    if (links) simulatorUrl.port = String(links.whatsapp.port);
    this.connectorUrls.set(id, `http://127.0.0.1:${port}`);
    return launchProcess({
      name: `connector ${id}`,
      main: build == null ? 'connector' : appMain('connector', build),
      nodeArgs: this.options.connectorNodeArgs,
      readyUrl: `http://127.0.0.1:${port}/health/ready`,
      env: {
        WABUS_NATS_URL: links ? `nats://127.0.0.1:${links.nats.port}` : this.natsUrl,
        WABUS_CONNECTOR_ID: id,
        WABUS_CONNECTOR_PORT: String(port),
        WABUS_AUTH_KEY_FILE: this.authKeyFile,
        ...this.clusterEnv(),
        ...(this.options.roles ? natsUserEnvironment('connector') : {}),
        WABUS_SIMULATOR_URL: simulatorUrl.href,
        WABUS_SIMULATOR_ROOT_KEY: this.simulator.rootPublicKey,
        // The search for ffmpeg takes a quarter of a start.
        WABUS_FFMPEG: 'off',
        ...this.options.connectorEnv
      }
    });
  }

  private clusterEnv(): Record<string, string> {
    return this.cluster ? { WABUS_REPLICAS: '3' } : { WABUS_OWNERSHIP_TIMING: 'single-server' };
  }

  async startEdge(
    wantedPort?: number,
    { env = {}, build = this.options.build }: { env?: Record<string, string>; build?: string | null | undefined } = {}
  ): Promise<LaunchedProcess> {
    const port = wantedPort ?? (await findFreePort());
    const edge = await launchProcess({
      name: 'edge',
      main: build == null ? 'edge' : appMain('edge', build),
      nodeArgs: this.options.edgeNodeArgs,
      readyUrl: `http://127.0.0.1:${port}/health/ready`,
      env: {
        WABUS_NATS_URL: this.natsUrl,
        ...(this.cluster ? { WABUS_REPLICAS: '3' } : {}),
        WABUS_EDGE_HOST: '127.0.0.1',
        WABUS_EDGE_PORT: String(port),
        WABUS_ACCESS_TOKEN_FILE: this.tokenFile,
        ...(this.options.roles ? natsUserEnvironment('edge') : {}),
        // Faults are injected at rates that no client has.
        WABUS_COMMANDS_PER_SECOND: '0',
        WABUS_SENDS_PER_SECOND: '0',
        ...this.options.edgeEnv,
        ...env
      }
    });
    this.edges.push(edge);
    this.clients.push(new EdgeClient(`http://127.0.0.1:${port}`, this.token));
    return edge;
  }

  /** Stops connectors and edges gracefully; NATS and the simulated WhatsApp continue to run. */
  async stopProcesses(): Promise<void> {
    this.clients.splice(0).forEach(client => client.close());
    await Promise.all(this.edges.splice(0).map(edge => edge.stop()));
    await Promise.all(this.connectors.splice(0).map(connector => connector.stop()));
  }

  async stop(): Promise<void> {
    await this.stopProcesses();
    await Promise.all([this.nats?.stop(), this.cluster?.stop(), this.simulator?.stop()]);
    await Promise.all([...this.links.values()].flatMap(({ nats, whatsapp }) => [nats.stop(), whatsapp.stop()]));
    this.folder.remove();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }

  async session(id: string): Promise<SessionView> {
    const answer = await this.edge.get<SessionView>(`/api/sessions/${id}`);
    if (answer.status !== 200) throw new Error(`session ${id}: status ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  /** Waits until the session is in a state, and returns it. */
  awaitState(id: string, state: SessionView['status']['state'], waitMs = 20_000): Promise<SessionView> {
    return awaitCondition(
      () => this.session(id),
      session => session.status.state === state,
      { waitMs, what: `state ${state} of session ${id}` }
    );
  }

  /** Resolves with the QR text that the session shows, once it differs from `not`. */
  async awaitQr(id: string, not?: string, waitMs = 20_000): Promise<string> {
    const answer = await awaitCondition(
      () => this.edge.get<string | { error?: unknown }>(`/api/sessions/${id}/qr?format=raw`),
      ({ status, body }) => status === 200 && body !== not,
      { waitMs, what: `QR code of session ${id}` }
    );
    return answer.body as string;
  }

  /** Makes a phone scan the session's QR codes until it is linked. */
  async scan(id: string, { phoneNumber }: SimulatedAccount, waitMs?: number): Promise<void> {
    await scanUntilLinked(this.control, phoneNumber, previous => this.awaitQr(id, previous, waitMs));
  }

  /** Creates a session, makes the phone of a new simulated account scan its QR code and waits until it is open. */
  async pair(id: string, waitMs?: number, like: { migrated?: boolean } = {}): Promise<SimulatedAccount> {
    const account = await this.control.createAccount({ name: `Phone of ${id}`, ...like });
    const created = await this.edge.post('/api/sessions', { session: id });
    if (created.status !== 201) throw new Error(`creating ${id}: status ${created.status} ${JSON.stringify(created.body)}`);
    await this.scan(id, account, waitMs);
    await this.awaitState(id, 'open', waitMs);
    await this.control.awaitDevice({ phoneNumber: account.phoneNumber, online: true, ...(waitMs === undefined ? {} : { waitMs }) });
    return account;
  }

  private get authKeyFile(): string {
    return join(this.folder.path, 'auth-key');
  }
}

export type { QrCode };
