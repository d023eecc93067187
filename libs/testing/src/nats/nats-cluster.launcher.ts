import { connect } from '@nats-io/transport-node';
import { awaitCondition } from '../condition.js';
import { findFreePorts } from '../network/free-port-finder.js';
import { BinaryNatsServer } from './binary-nats.server.js';
import { findNatsBinary } from './nats-driver-choice.js';

/** A cluster elects its first leader after 4 to 9 seconds. */
const LEADER_LIMIT_MS = 30_000;

export interface NatsClusterOptions {
  /** Appended to the configuration of each node. */
  configuration?: string;
}

/** Three nats-servers that replicate JetStream among themselves. */
export interface NatsCluster extends AsyncDisposable {
  readonly nodes: readonly BinaryNatsServer[];
  /** The URLs of all nodes, for `connect({servers})`. */
  readonly urls: string[];
  /** The same URLs in one string, separated by commas, for `WABUS_NATS_URL`. */
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts three nodes from the binary and resolves when JetStream has a leader. Their names are `n1`, `n2` and `n3`. */
export async function launchNatsCluster({ configuration = '' }: NatsClusterOptions = {}): Promise<NatsCluster> {
  const binary = await findNatsBinary();
  const routePorts = await findFreePorts(3);
  const routes = routePorts.map(port => `nats-route://127.0.0.1:${port}`).join(', ');
  const nodes = await Promise.all(
    routePorts.map((port, index) =>
      BinaryNatsServer.launch(binary, {
        configuration: `server_name: n${index + 1}\ncluster { name: test, listen: "127.0.0.1:${port}", routes: [ ${routes} ] }\n${configuration}`
      })
    )
  );
  const urls = nodes.map(node => node.url);
  const stop = async (): Promise<void> => {
    await Promise.all(nodes.map(node => node.stop()));
  };
  try {
    await awaitLeader(urls);
  } catch (error) {
    await stop();
    throw error;
  }
  return { nodes, urls, url: urls.join(','), stop, [Symbol.asyncDispose]: stop };
}

async function awaitLeader(urls: string[]): Promise<void> {
  const connection = await connect({ servers: urls, maxReconnectAttempts: -1, reconnectTimeWait: 100 });
  try {
    const read = async (): Promise<string> => (await connection.request('$JS.API.INFO', '', { timeout: 1_000 })).string();
    await awaitCondition(read, answer => !answer.includes('"error"'), {
      waitMs: LEADER_LIMIT_MS,
      what: 'a JetStream leader of the cluster'
    });
  } finally {
    await connection.close();
  }
}
