import { connect } from 'node:net';
import type { HostileCase } from './hostile-cases.js';

/** Who waits does so for a moment only: a WebSocket stays open for as long as its client wants. */
const WAIT_MS = 300;

/** Commits one hostile act, and settles when the connection is over: `false` when the edge left a client without an answer that had ended its side. */
export function commit(port: number, { bytes, ending }: HostileCase, limitMs: number): Promise<boolean> {
  return new Promise(resolve => {
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    const timer = setTimeout(
      () => {
        socket.destroy();
        resolve(ending === 'waits');
      },
      ending === 'waits' ? WAIT_MS : limitMs
    );
    // An edge that has enough of a client cuts it off while it still writes.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearTimeout(timer);
      resolve(true);
    });
    socket.on('end', () => socket.end());
    socket.resume();
    socket.write(bytes, () => {
      if (ending === 'goes') socket.destroy();
      else if (ending === 'half-closes') socket.end();
    });
  });
}
