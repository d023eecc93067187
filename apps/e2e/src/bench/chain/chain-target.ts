import { findFreePort, awaitCondition, BinaryNatsServer, type RunningSimulator } from '@wabus/testing';
import type { CreatedWebhook, ModelStatus } from '@wabus/contracts';
import type { WabusOptions } from '../../wabus.fixture.js';
import type { BenchOptions } from '../measurement.js';
import { SHIPPED_ARGS, type ConnectorTarget } from '../targets/connector-target.js';
import type { ChainProcess } from './chain-round.js';
import { WebhookEndpoint } from './webhook-endpoint.js';

const SETTLE_LIMIT_MS = 60_000;

/** The address of nats-server's statistics, and the start options for the processes of a measured chain. */
export interface ChainSettings {
  readonly monitor: string;
  readonly fixture: WabusOptions;
}

/** Returns settings with which the processes run as under `npm start`: an acknowledged write is on disk, and there are no source maps. */
export async function chainSettings({ profileFolder }: Pick<BenchOptions, 'profileFolder'>): Promise<ChainSettings> {
  const port = await findFreePort();
  const nodeArgs = [
    ...SHIPPED_ARGS,
    '--no-enable-source-maps',
    ...(profileFolder === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profileFolder}`])
  ];
  const fixture = {
    natsOnDisk: true,
    natsConfiguration: `http: "127.0.0.1:${port}"`,
    connectorNodeArgs: nodeArgs,
    edgeNodeArgs: nodeArgs,
    edgeEnv: { WABUS_EGRESS_ALLOW: '127.0.0.1' }
  };
  return { monitor: `http://127.0.0.1:${port}`, fixture };
}

/** All processes between WhatsApp and the receiver of a webhook. */
export class ChainTarget implements AsyncDisposable {
  private constructor(
    private readonly connector: ConnectorTarget,
    readonly monitor: string,
    readonly endpoint: WebhookEndpoint
  ) {}

  /** Creates one webhook for the messages of all sessions. */
  static async open(connector: ConnectorTarget, monitor: string): Promise<ChainTarget> {
    const endpoint = await WebhookEndpoint.launch();
    const { status, body } = await connector.wabus.edge.post<CreatedWebhook>('/api/webhooks', {
      url: endpoint.url,
      events: ['messages.upsert']
    });
    if (status !== 201) throw new Error(`the webhook could not be made: status ${status} ${JSON.stringify(body)}`);
    return new ChainTarget(connector, monitor, endpoint);
  }

  get simulator(): RunningSimulator {
    return this.connector.simulator;
  }

  get pids(): Readonly<Record<ChainProcess, number>> {
    const { nats, connectors, edges, simulator } = this.connector.wabus;
    if (!(nats instanceof BinaryNatsServer) || nats.pid === null)
      throw new Error('the chain is measured with a nats-server from its binary');
    return {
      connector: connectors[0]!.pid,
      'nats-server': nats.pid,
      edge: edges[0]!.pid,
      simulator: simulator.process.pid,
      receiver: this.endpoint.pid
    };
  }

  /** Resolves once the log contains all events and the read models contain the whole log. */
  async settled(): Promise<void> {
    await this.connector.settled();
    await awaitCondition(
      async () => (await this.connector.wabus.edge.get<ModelStatus>('/api/sessions/s1/models')).body,
      ({ projected, newest }) => projected >= newest,
      { waitMs: SETTLE_LIMIT_MS, what: 'read models of all events' }
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.endpoint[Symbol.asyncDispose]();
  }
}
