import { connect } from 'node:net';
import type { HostileCase } from './hostile-cases.js';

/** A waiting client waits only this long: a WebSocket stays open until its client closes it. */
const WAIT_MS = 300;

/** Opens one hostile connection and resolves once it has ended: with `false` if the client ended its side and the edge never responded. */
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
    // An edge may disconnect a hostile client that is still writing.
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
