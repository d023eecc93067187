import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Listens on loopback and resolves with the port; 0 selects a free one. Rejects if the port is taken. */
export async function listenOnLoopback(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return (server.address() as AddressInfo).port;
}

/** Terminates the HTTP connections and resolves once the port is free. */
export async function closeServer(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise<void>(resolve => server.close(() => resolve()));
}
