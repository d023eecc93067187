import { once } from 'node:events';
import { connect } from 'node:net';

/** Returns the first line that a NATS server on 127.0.0.1 sends to a new connection. Rejects if nothing listens or arrives within a second. */
export async function readGreeting(port: number): Promise<string> {
  const socket = connect({ host: '127.0.0.1', port });
  try {
    const [chunk] = (await once(socket, 'data', { signal: AbortSignal.timeout(1_000) })) as [Buffer];
    return chunk.toString();
  } finally {
    socket.destroy();
  }
}
