import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

type UpgradeListener = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

/** Headers that belong to the offer of another protocol: they go with it (RFC 9110, 7.8; RFC 7540, 3.2.1). */
const OFFER_HEADERS = ['upgrade', 'http2-settings'];

/**
 * Leaves to the listeners that `server` has only the WebSockets of this path. Any other `Upgrade` is an offer, which a server may pass over (RFC 9110, 7.8): the request is
 * served as if it had none, with its body and what follows on the connection. Java's HTTP client offers `h2c` on each request.
 */
export function passOverOffers(server: Server, path: string): void {
  const listeners = server.listeners('upgrade') as UpgradeListener[];
  // Without listeners Node passes over offers by itself.
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
      // Of several protocols that were offered this is the one that is taken.
      request.headers.upgrade = 'websocket';
      for (const listener of listeners) listener.call(server, request, socket, head);
      return;
    }
    // Node has let go of the connection: without a listener an error of it would end the process.
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

/** Answers to requests that came before on the connection go first. */
async function allClosed(responses: ReadonlySet<ServerResponse> = new Set()): Promise<void> {
  await Promise.all([...responses].map(response => new Promise<void>(resolve => void response.once('close', resolve))));
}

/** The request line and the headers as they came, without the offer. Node has checked every character of them. */
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
