import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { parseProxyAddress } from '@wabus/contracts';
import { VersionPage, type VersionPageOptions } from './version-page.js';

const REVISION = 1_050_000_000;
let page: Server;
let tunnels: Server;
/** The destinations requested from the proxy. */
const asked: string[] = [];
let answer: { status: number; body: string };

beforeAll(async () => {
  page = createServer((request, response) => {
    response.statusCode = request.headers['sec-fetch-site'] === 'none' ? answer.status : 400;
    response.end(answer.body);
  });
  tunnels = createServer();
  tunnels.on('connect', (request, socket) => {
    asked.push(request.url ?? '');
    // Connects every request to the page, because this test has no other host.
    const upstream = connect(portOf(page), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      upstream.pipe(socket).pipe(upstream);
    });
    upstream.on('error', () => socket.destroy());
    socket.on('error', () => upstream.destroy());
  });
  for (const server of [page, tunnels]) await once(server.listen(0, '127.0.0.1'), 'listening');
});
beforeEach(() => (answer = { status: 200, body: `{"client_revision":${REVISION}}` }));
afterAll(() => {
  for (const server of [page, tunnels]) server.close().closeAllConnections();
});

const portOf = (server: Server) => (server.address() as AddressInfo).port;
const urlOf = (host: string) => new URL(`http://${host}:${portOf(page)}/sw.js`);

async function read(options: Partial<VersionPageOptions> = {}) {
  const asking = new VersionPage({ url: urlOf('localhost'), proxy: null, guard: null, limitMs: 10_000, ...options });
  try {
    return await asking.read(AbortSignal.timeout(20_000));
  } finally {
    await asking.close();
  }
}

test('the page is read without a proxy', async () => {
  expect(await read()).toEqual({ revision: REVISION });
});

test('a guard checks every address before any request', async () => {
  const judged: [string, readonly string[]][] = [];
  const guard = { permits: (host: string, addresses: readonly string[]) => judged.push([host, addresses]) < 0 };
  expect(await read({ guard })).toEqual({ failure: { reason: 'unreachable', detail: 'EGRESS_DENIED' } });
  expect(judged).toEqual([['localhost', expect.arrayContaining(['127.0.0.1'])]]);
});

test('an address that the guard permits is read', async () => {
  expect(await read({ guard: { permits: () => true } })).toEqual({ revision: REVISION });
});

test('a proxy resolves the name and transports the page', async () => {
  const proxy = parseProxyAddress(`http://127.0.0.1:${portOf(tunnels)}`);
  const url = urlOf('web.whatsapp.invalid');
  expect(await read({ url, proxy, guard: { permits: () => false } })).toEqual({ revision: REVISION });
  expect(asked).toEqual([`web.whatsapp.invalid:${portOf(page)}`]);
});

test.each([
  ['an error', { status: 503, body: '' }, { reason: 'refused', detail: '503' }],
  ['another page', { status: 200, body: '<html>' }, { reason: 'unreadable', detail: null }]
])('reports %s as a failure with its reason', async (_what, answered, failure) => {
  answer = answered;
  expect(await read()).toEqual({ failure });
});
