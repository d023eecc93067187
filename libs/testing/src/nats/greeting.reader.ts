import { once } from 'node:events';
import { connect } from 'node:net';

/** The first line a NATS server sends to whoever connects, on 127.0.0.1. Fails when nobody listens or nothing comes within a second. */
export async function readGreeting(port: number): Promise<string> {
  const socket = connect({ host: '127.0.0.1', port });
  try {
    const [chunk] = (await once(socket, 'data', { signal: AbortSignal.timeout(1_000) })) as [Buffer];
    return chunk.toString();
  } finally {
    socket.destroy();
  }
}
