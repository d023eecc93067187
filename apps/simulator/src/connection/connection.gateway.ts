import { createServer, STATUS_CODES, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { Connection, type ConnectionContext } from './connection.js';
import { closeServer, listenOnLoopback } from '../http/loopback.listener.js';
import { answerVersionPage, VERSION_PAGE } from '../version/version-page.responder.js';

const MAX_CHUNK_BYTES = 32 * 1024 * 1024;

/** The port of the simulated WhatsApp: WebSockets for clients, and plain HTTP for media and the version page. Loopback only. */
export class ConnectionGateway {
  private readonly http: Server;
  private readonly sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: MAX_CHUNK_BYTES });

  constructor(
    private readonly context: ConnectionContext,
    media: { handle(request: IncomingMessage, response: ServerResponse): Promise<void> }
  ) {
    this.http = createServer((request, response) => {
      if (request.url === VERSION_PAGE) answerVersionPage(this.context.world, request, response);
      else void media.handle(request, response);
    });
    this.http.on('upgrade', (request, socket, head) => {
      socket.on('error', () => socket.destroy());
      const refusal = this.context.faults.of(undefined).refuseUpgradeWith;
      if (refusal !== undefined) return refuse(socket, refusal);
      this.sockets.handleUpgrade(request, socket, head, client => new Connection(client, this.context));
    });
    // Clients that do not speak HTTP must not end the process.
    this.http.on('clientError', (_err, socket) => socket.destroy());
  }

  /** Listens and resolves with the port; 0 selects a free one. Rejects if the port is taken. */
  listen(port: number): Promise<number> {
    return listenOnLoopback(this.http, port);
  }

  /** Terminates all connections and resolves once the port is free. */
  async close(): Promise<void> {
    for (const client of this.sockets.clients) client.terminate();
    await closeServer(this.http);
  }
}

function refuse(socket: Duplex, status: number): void {
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Refused'}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
