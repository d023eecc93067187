import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { WabusError } from '@wabus/contracts';
import { confine, withinBorder, type ErrorBorder } from '@wabus/runtime';
import { HTTP_STATUS } from './wabus-error.filter.js';

/** Response headers that pages of other origins may read, in addition to those that they may always read (Fetch, "CORS-safelisted response-header name"). */
export const EXPOSED_HEADERS = [
  'Accept-Ranges',
  'Allow',
  'Content-Disposition',
  'Content-Range',
  'ETag',
  'Retry-After',
  'WWW-Authenticate',
  'Wabus-Qr-Attempt',
  'Wabus-Qr-Ttl-Ms',
  'Wabus-Truncated'
] as const;

/** How long errors are still attributed to a request or connection after it has ended. */
const AFTERMATH_MS = 10_000;

/**
 * Confines uncaught errors of libraries: an error that is thrown or emitted where nobody can catch it affects only the request or connection in which it
 * occurs. The request is answered with `INTERNAL`, or the WebSocket is closed; other clients are not affected. Call it before the server listens.
 */
export function confineClients(server: Server): void {
  const emit = server.emit.bind(server) as (event: string, ...args: unknown[]) => boolean;
  server.emit = (event: string, ...args: unknown[]): boolean => {
    const border = borderFor(event, args);
    return border === null ? emit(event, ...args) : withinBorder(border, () => emit(event, ...args));
  };
}

function borderFor(event: string, args: unknown[]): ErrorBorder | null {
  switch (event) {
    case 'request':
    case 'checkContinue':
    case 'checkExpectation':
      return borderOfRequest(...(args as [IncomingMessage, ServerResponse]));
    case 'upgrade':
    case 'connect':
      return borderOfConnection(args[1] as Duplex);
    default:
      return null;
  }
}

function borderOfRequest(request: IncomingMessage, response: ServerResponse): ErrorBorder {
  const border = new ClientBorder('request', () => fail(request, response));
  response.once('close', () => border.close());
  confine(request, border);
  confine(response, border);
  return border;
}

function borderOfConnection(socket: Duplex): ErrorBorder {
  const border = new ClientBorder('connection', () => socket.destroy());
  socket.once('close', () => border.close());
  confine(socket, border);
  return border;
}

function fail(request: IncomingMessage, response: ServerResponse): void {
  // The reader of the body may have caused the error, so nothing more is read from this connection.
  const cut = (): void => void request.socket.destroy();
  if (response.headersSent) return cut();
  const error = new WabusError('INTERNAL');
  const body = JSON.stringify({ ok: false, error: error.toBody() });
  response.writeHead(HTTP_STATUS[error.code], { 'Content-Type': 'application/json; charset=utf-8', Connection: 'close' }).end(body, cut);
}

class ClientBorder implements ErrorBorder {
  private closedAt: number | null = null;

  constructor(
    readonly what: string,
    readonly end: () => void
  ) {}

  get isOpen(): boolean {
    return this.closedAt === null || performance.now() - this.closedAt < AFTERMATH_MS;
  }

  close(): void {
    this.closedAt = performance.now();
  }
}
