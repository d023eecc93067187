import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { inspect } from 'node:util';
import { parseProxyAddress } from '@wabus/contracts';
import { openTunnel, ProxyError, type ProxyGuard } from './proxy-tunnel.js';

const TARGET = { host: 'web.whatsapp.com', port: 443 };
const open: Server[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map(server => new Promise(resolve => server.close(resolve))));
});

/** Starts a local server that calls `serve` with each connection; resolves to its port. */
async function listen(server: Server): Promise<number> {
  open.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

const answering = (serve: (socket: Socket) => void): Promise<number> =>
  listen(createServer(socket => serve(socket.on('error', () => undefined).resume())));

function through(url: string, { guard = null, limitMs = 10_000 }: { guard?: ProxyGuard | null; limitMs?: number } = {}): Promise<Socket> {
  return openTunnel({ proxy: parseProxyAddress(url), guard, limitMs }, TARGET);
}

async function failure(opening: Promise<Socket>): Promise<ProxyError> {
  const thrown: unknown = await opening.then(
    socket => socket.destroy(),
    (error: unknown) => error
  );
  expect(thrown).toBeInstanceOf(ProxyError);
  return thrown as ProxyError;
}

describe('a tunnel through a proxy', () => {
  test("sends WhatsApp's host name, the user and the password", async () => {
    let asked = '';
    const port = await answering(socket =>
      socket.on('data', bytes => {
        asked += bytes.toString('latin1');
        if (asked.endsWith('\r\n\r\n')) socket.write('HTTP/1.1 200 OK\r\n\r\nfirst bytes');
      })
    );
    const socket = await through(`http://user:pass%20word@127.0.0.1:${port}`);
    const [bytes] = (await once(socket, 'data')) as [Buffer];
    expect(bytes.toString()).toBe('first bytes');
    expect(asked).toMatch(/^CONNECT web\.whatsapp\.com:443 HTTP\/1\.1\r\n/);
    expect(asked).toContain(`Proxy-Authorization: Basic ${Buffer.from('user:pass word').toString('base64')}\r\n`);
    socket.destroy();
  });

  test.each(['http', 'https', 'socks5'])('fails for %s if nothing listens', async protocol => {
    const port = await answering(() => undefined);
    await new Promise(resolve => open.pop()!.close(resolve));
    expect((await failure(through(`${protocol}://127.0.0.1:${port}`))).status).toBeNull();
  });

  test('fails with the status of a web server that is not a proxy', async () => {
    const port = await listen(
      createHttpServer((_request, response) => response.end()).on('connect', (_request, socket) => socket.end('HTTP/1.1 405 No\r\n\r\n'))
    );
    expect((await failure(through(`http://127.0.0.1:${port}`))).status).toBe(405);
  });

  test.each(['http', 'https', 'socks5'])('fails for %s if the server uses another protocol', async protocol => {
    const port = await answering(socket => socket.end('220 mail.example ESMTP\r\n'));
    expect((await failure(through(`${protocol}://127.0.0.1:${port}`))).status).toBeNull();
  });

  test.each(['http', 'https', 'socks5'])('fails for %s if the server is silent', async protocol => {
    const sockets: Socket[] = [];
    const port = await answering(socket => void sockets.push(socket));
    const { message } = await failure(through(`${protocol}://127.0.0.1:${port}`, { limitMs: 100 }));
    expect(message).toBe('the proxy did not answer in time');
    // No connection is left open.
    await Promise.all(sockets.filter(({ closed }) => !closed).map(socket => once(socket, 'close')));
  });

  test.each(['http', 'socks5'])('fails for %s without the password in the error', async protocol => {
    const reply = protocol === 'http' ? 'HTTP/1.1 407 No\r\n\r\n' : Buffer.from([5, 2, 1, 1]);
    const port = await answering(socket => socket.end(reply));
    const error = await failure(through(`${protocol}://somebody:hunter2@127.0.0.1:${port}`));
    expect(inspect(error, { depth: Infinity, showHidden: true })).not.toMatch(/hunter2|somebody/);
  });

  test('fails for an unknown host name', async () => {
    expect((await failure(through('http://proxy.invalid'))).status).toBeNull();
  });

  test('fails for an address that the guard forbids', async () => {
    let connections = 0;
    const port = await answering(() => connections++);
    const seen: unknown[] = [];
    const guard = { permits: (...asked: unknown[]) => (seen.push(asked), false) };
    const { message } = await failure(through(`http://127.0.0.1:${port}`, { guard }));
    expect(message).toContain('WABUS_EGRESS_ALLOW');
    expect([seen, connections]).toEqual([[['127.0.0.1', ['127.0.0.1']]], 0]);
  });
});
