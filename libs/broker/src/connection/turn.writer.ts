import type { Socket } from 'node:net';
import type { NatsConnection } from '@nats-io/transport-node';

/** Where the client has its socket: not part of its interface, so nothing depends on finding it. */
interface ClientInside {
  readonly protocol?: { readonly transport?: { readonly socket?: Socket } };
}

/** The socket of a client as it is connected now. */
export function socketOf(client: NatsConnection): Socket | undefined {
  return (client as ClientInside).protocol?.transport?.socket;
}

/**
 * Has everything that a client sends in one turn of the event loop leave in one system call.
 * The client writes once per microtask, which is several times a turn under load; each write costs both ends a system call.
 * To be called again after a reconnect, which opens another socket.
 */
export function writeOncePerTurn(client: NatsConnection): void {
  const socket = socketOf(client);
  if (!socket || Object.hasOwn(socket, 'write')) return;
  const write = socket.write.bind(socket) as (...args: unknown[]) => boolean;
  socket.write = (...args: unknown[]): boolean => {
    if (!socket.writableCorked) {
      socket.cork();
      // Runs when no microtask is left.
      process.nextTick(() => socket.uncork());
    }
    return write(...args);
  };
}
