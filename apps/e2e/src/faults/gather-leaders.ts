import { jetstreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { awaitCondition, type NatsCluster } from '@wabus/testing';

const ELECTION_LIMIT_MS = 30_000;

/** A stream or consumer with replicas on several servers, and the server that leads it. */
interface Led {
  readonly name: string;
  readonly stepDown: string;
  readonly leader: string | undefined;
}

/**
 * Makes one nats-server lead every stream and durable consumer: events, leases, webhooks,
 * subscriptions, read models, media. Returns their names; throws if NATS does not settle.
 */
export async function gatherLeaders(cluster: NatsCluster, index: number): Promise<string[]> {
  const connection = await connect({ servers: cluster.urls, maxReconnectAttempts: -1, reconnectTimeWait: 100 });
  const node = `n${index + 1}`;
  try {
    const all = await awaitCondition(
      async () => {
        const led = await listLed(connection);
        const elsewhere = led.filter(({ leader }) => leader !== node);
        await Promise.all(elsewhere.map(one => stepDown(connection, one, node)));
        return elsewhere.length === 0 ? led : null;
      },
      led => led !== null,
      { waitMs: ELECTION_LIMIT_MS, what: `${node} leading everything` }
    );
    return all!.map(({ name }) => name);
  } finally {
    await connection.close();
  }
}

async function listLed(connection: NatsConnection): Promise<Led[]> {
  const manager = await jetstreamManager(connection, { checkAPI: false });
  const led: Led[] = [];
  const { streams } = (await connection.request('$JS.API.STREAM.NAMES', '', { timeout: 2_000 })).json<{ streams: string[] }>();
  for (const stream of streams) {
    // A list of all streams contains some twice and omits others while their leaders change.
    const { config, cluster } = await manager.streams.info(stream);
    if (config.num_replicas < 2) continue;
    led.push({ name: config.name, stepDown: `$JS.API.STREAM.LEADER.STEPDOWN.${config.name}`, leader: cluster?.leader });
    for await (const consumer of manager.consumers.list(config.name)) {
      // A consumer without replicas runs on a server that nobody can choose.
      if (consumer.config.durable_name === undefined || (consumer.cluster?.replicas ?? []).length === 0) continue;
      const stepDown = `$JS.API.CONSUMER.LEADER.STEPDOWN.${config.name}.${consumer.name}`;
      led.push({ name: `${config.name} ${consumer.name}`, stepDown, leader: consumer.cluster?.leader });
    }
  }
  return led;
}

/** Requests a new leader. An error or a missing response does not matter: the caller reads the leaders again. */
async function stepDown(connection: NatsConnection, { stepDown: subject }: Led, preferred: string): Promise<void> {
  await connection.request(subject, JSON.stringify({ placement: { preferred } }), { timeout: 2_000 }).catch(() => undefined);
}
