import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { OWNERSHIP_BUCKET } from '@wabus/contracts';
import type { BinaryNatsServer, NatsCluster } from '@wabus/testing';

/** Kills the nats-server that leads a stream, that of leases and owners by default; settles with it when it is gone. */
export async function killLeader(cluster: NatsCluster, stream = `KV_${OWNERSHIP_BUCKET}`): Promise<BinaryNatsServer> {
  const connection = await connect({ servers: cluster.urls });
  const { cluster: state } = await (await jetstreamManager(connection)).streams.info(stream);
  await connection.close();
  const number = Number(/^n(\d+)$/.exec(state?.leader ?? '')?.[1]);
  const node = cluster.nodes[number - 1];
  if (!node) throw new Error(`the leader is unknown: ${state?.leader ?? 'none'}`);
  await node.kill();
  return node;
}
