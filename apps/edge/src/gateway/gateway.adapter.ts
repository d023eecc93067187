import type { IncomingMessage, Server as HttpServer, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { INestApplicationContext } from '@nestjs/common';
import { IoAdapter } from '@nestjs/platform-socket.io';
import type { Server, ServerOptions, Socket } from 'socket.io';
import type { PageOrigins } from '../auth/page-origins.js';
import { JSON_TEXT_PARSER } from './json-text.encoder.js';

export interface GatewayLimits {
  readonly transports: readonly ('polling' | 'websocket')[];
  /** A client that sends a larger message is disconnected. */
  readonly maxMessageBytes: number;
  /** Origins whose pages may connect. If empty, only pages that this edge serves may connect. */
  readonly corsOrigins: readonly string[];
}

/** A client that joins no namespace within this time, because it has no token, is disconnected. */
const JOIN_WITHIN_MS = 10_000;

/** The Socket.IO server behind the gateways. When it stops, clients see their transport close and reconnect automatically. */
export class GatewayAdapter extends IoAdapter {
  constructor(
    app: INestApplicationContext,
    private readonly limits: GatewayLimits,
    private readonly pages: PageOrigins
  ) {
    super(app);
  }

  override createIOServer(port: number, options?: ServerOptions): Server {
    const { transports, maxMessageBytes, corsOrigins } = this.limits;
    const server = super.createIOServer(port, {
      ...options,
      transports: [...transports],
      maxHttpBufferSize: maxMessageBytes,
      connectTimeout: JOIN_WITHIN_MS,
      serveClient: false,
      parser: JSON_TEXT_PARSER,
      // Frames are encoded once for all members of a room; per-client compression would prevent this.
      perMessageDeflate: false,
      allowRequest: ({ socket, headers }, decide) =>
        decide('Web pages of this origin may not use this edge.', this.pages.permit(socket.remoteAddress ?? '', headers)),
      ...(corsOrigins.length > 0 ? { cors: { origin: [...corsOrigins] } } : {})
    } as ServerOptions);
    server.engine.on('connection', pollInParts);
    passOverOffers(server.httpServer as HttpServer, `${server.path()}/`);
    return server;
  }
}

/** python-engineio closes the connection on a payload of more than 16 packets (`Payload.max_decode_packets`). One packet is reserved for the close packet. */
const PACKETS_OF_A_POLL = 15;

/**
 * Limits each polling response to a number of packets that every client accepts. The rest follows in the next response; an orderly close
 * waits until all packets are sent.
 */
export function pollInParts(connection: Socket['conn']): void {
  const engine = connection as unknown as EngineSocket;
  let rest: unknown[] = [];
  // engine.io sends the listed packets after `flush`, and emits `drain` when they are sent, in one step.
  connection.on('flush', (packets: unknown[]) => {
    if (connection.transport.name === 'polling') rest = packets.splice(PACKETS_OF_A_POLL);
  });
  connection.on('drain', () => {
    if (rest.length === 0) return;
    engine.writeBuffer = rest.concat(engine.writeBuffer);
    rest = [];
  });
  const close = connection.close.bind(connection);
  connection.close = discard => {
    if (discard || connection.readyState !== 'open' || engine.writeBuffer.length <= PACKETS_OF_A_POLL) return close(discard);
    connection.once('drain', () => connection.close(discard));
  };
}

/** The engine.io 6 internals that are used: packets that wait for the transport. */
interface EngineSocket {
  writeBuffer: unknown[];
}

type UpgradeListener = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

/** The headers that belong to an offer of another protocol and are removed with it (RFC 9110, 7.8; RFC 7540, 3.2.1). */
const OFFER_HEADERS = ['upgrade', 'http2-settings'];

/**
 * Passes only WebSocket upgrades of `path` to the upgrade listeners that `server` has now. Any other `Upgrade` header is an offer, which a
 * server may ignore (RFC 9110, 7.8): the request is served as if it had none, with its body and the requests that follow on the connection.
 * Java's HTTP client offers `h2c` on each request.
 */
export function passOverOffers(server: HttpServer, path: string): void {
  const listeners = server.listeners('upgrade') as UpgradeListener[];
  // Without listeners, Node ignores offers already.
  if (listeners.length === 0) return;
  const unanswered = new WeakMap<Duplex, Set<ServerResponse>>();
  server.prependListener('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
    const responses = unanswered.get(socket) ?? new Set();
    unanswered.set(socket, responses.add(response));
    response.once('close', () => responses.delete(response));
  });
  server.removeAllListeners('upgrade');
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (request.url?.startsWith(path) && tokensOf(request.headers.upgrade).includes('websocket')) {
      // If several protocols were offered, WebSocket is the one that is accepted.
      request.headers.upgrade = 'websocket';
      for (const listener of listeners) listener.call(server, request, socket, head);
      return;
    }
    // Node no longer listens to the connection, and an error without a listener would end the process.
    const ignore = (): void => undefined;
    socket.on('error', ignore);
    void allClosed(unanswered.get(socket)).then(() => {
      socket.off('error', ignore);
      if (socket.destroyed) return;
      socket.unshift(Buffer.concat([headOf(request), head]));
      server.emit('connection', socket);
    });
  });
}

/** Resolves when the responses to earlier requests on the connection have closed, because they go first. */
async function allClosed(responses: ReadonlySet<ServerResponse> = new Set()): Promise<void> {
  await Promise.all([...responses].map(response => new Promise<void>(resolve => void response.once('close', resolve))));
}

/** Returns the request line and the headers as received, without the offer. Node has validated every character. */
function headOf({ method, url, httpVersion, rawHeaders }: IncomingMessage): Buffer {
  const lines = [`${method} ${url} HTTP/${httpVersion}`];
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const [name, value] = [rawHeaders[i]!, rawHeaders[i + 1]!];
    if (OFFER_HEADERS.includes(name.toLowerCase())) continue;
    const kept =
      name.toLowerCase() === 'connection'
        ? tokensOf(value)
            .filter(token => !OFFER_HEADERS.includes(token))
            .join(', ')
        : value;
    if (kept !== '' || value === '') lines.push(`${name}: ${kept}`);
  }
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1');
}

function tokensOf(header: string | undefined): string[] {
  return (header ?? '').split(',').map(token => token.trim().toLowerCase());
}
