import type { Socket } from 'node:net';
import type { NatsConnection } from '@nats-io/transport-node';

/** The path to the client's socket. It is not part of the client's API, so the code must work without it. */
interface ClientInside {
  readonly protocol?: { readonly transport?: { readonly socket?: Socket } };
}

/** Returns the socket of the client's current connection. */
export function socketOf(client: NatsConnection): Socket | undefined {
  return (client as ClientInside).protocol?.transport?.socket;
}

/**
 * Combines all writes of a client in one turn of the event loop into one system call.
 * The client writes once per microtask, which under load is several times per turn; each write costs both ends a system call.
 * Call it again after a reconnect, which opens a new socket.
 */
export function writeOncePerTurn(client: NatsConnection): void {
  const socket = socketOf(client);
  if (!socket || Object.hasOwn(socket, 'write')) return;
  const write = socket.write.bind(socket) as (...args: unknown[]) => boolean;
  socket.write = (...args: unknown[]): boolean => {
    if (!socket.writableCorked) {
      socket.cork();
      // Runs after the last microtask of the turn.
      process.nextTick(() => socket.uncork());
    }
    return write(...args);
  };
}
