import { setTimeout as delay } from 'node:timers/promises';
import { jetstream, JetStreamApiError, jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';

const STREAM = 'FILLER';
const CHUNK = new Uint8Array(2 ** 19);
const AT_ONCE = 16;
/** More than a store of a soak can contain. */
const MAX_CHUNKS = 8_192;
/** `JSInsufficientResourcesErr` of nats-server. */
const NO_RESOURCES = 10_023;

/** Writes to a stream of its own until NATS refuses to store more for any client, waits `fullMs`, and frees the space. */
export async function fillStore(servers: string, fullMs: number): Promise<void> {
  const connection = await connect({ servers });
  try {
    const manager = await jetstreamManager(connection);
    await manager.streams.add({ name: STREAM, subjects: [STREAM] });
    try {
      if (!(await fill(jetstream(connection)))) throw new Error('the store was never full');
      await delay(fullMs);
    } finally {
      await manager.streams.delete(STREAM);
    }
  } finally {
    await connection.close();
  }
}

/** Resolves with whether NATS refused a chunk because its store is full. */
async function fill(client: ReturnType<typeof jetstream>): Promise<boolean> {
  for (let sent = 0; sent < MAX_CHUNKS; sent += AT_ONCE) {
    const outcomes = await Promise.allSettled(Array.from({ length: AT_ONCE }, () => client.publish(STREAM, CHUNK)));
    for (const outcome of outcomes) {
      if (outcome.status === 'fulfilled') continue;
      const reason: unknown = outcome.reason;
      if (reason instanceof JetStreamApiError && reason.code === NO_RESOURCES) return true;
      throw reason;
    }
  }
  return false;
}
