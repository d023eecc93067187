import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { OWNERSHIP_BUCKET } from '@wabus/contracts';
import { awaitCondition, type BinaryNatsServer, type NatsCluster } from '@wabus/testing';

const ELECTION_LIMIT_MS = 30_000;

/**
 * Kills the nats-server that leads a stream, by default that of leases and
 * owners, after a pending election. Resolves with the server once it has ended.
 */
export async function killLeader(cluster: NatsCluster, stream = `KV_${OWNERSHIP_BUCKET}`): Promise<BinaryNatsServer> {
  const connection = await connect({ servers: cluster.urls, maxReconnectAttempts: -1, reconnectTimeWait: 100 });
  try {
    const manager = await jetstreamManager(connection, { checkAPI: false });
    const node = await awaitCondition(
      async () => {
        const { cluster: state } = await manager.streams.info(stream);
        return cluster.nodes[Number(/^n(\d+)$/.exec(state?.leader ?? '')?.[1]) - 1];
      },
      leader => leader !== undefined,
      { waitMs: ELECTION_LIMIT_MS, what: `a leader of ${stream}` }
    );
    await node!.kill();
    return node!;
  } finally {
    await connection.close();
  }
}
