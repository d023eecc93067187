import { createServer as createHttp, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTcp, type AddressInfo, type Server as TcpServer, type Socket } from 'node:net';
import { NameResolver, type EgressRequest } from './egress.js';
import { GuardedEgress, type EgressSettings } from './guarded-egress.js';

/** Resolves a name to each of its lists in turn, and then keeps the last one. */
class ScriptedResolver extends NameResolver {
  asked = 0;
  constructor(private readonly answers: Record<string, string[][]>) {
    super();
  }
  async resolve(host: string): Promise<string[]> {
    this.asked++;
    const lists = this.answers[host];
    if (lists === undefined) throw Object.assign(new Error('not found'), { code: 'ENOTFOUND' });
    return lists.length > 1 ? lists.shift()! : lists[0]!;
  }
}

/** A name server that does not respond. */
class NeverResolver extends NameResolver {
  resolve(): Promise<string[]> {
    return new Promise(() => undefined);
  }
}

const GET: Omit<EgressRequest, 'url'> = { method: 'GET', timeoutMs: 3_000, redirects: 3, response: { maxBytes: 10_000 } };

describe('the egress guard', () => {
  let server: Server;
  let tcp: TcpServer;
  let port: number;
  const hits: string[] = [];
  const open = new Set<Socket>();
  const routes: Record<string, (request: IncomingMessage, response: ServerResponse) => void> = {
    '/ok': (_, response) => response.end('fine'),
    '/in': (_, response) => response.writeHead(302, { location: `http://secret.test:${port}/secret` }).end(),
    '/metadata': (_, response) => response.writeHead(307, { location: 'http://169.254.169.254/latest/meta-data' }).end(),
    '/loop': (_, response) => response.writeHead(301, { location: '/loop' }).end(),
    '/once': (_, response) => response.writeHead(301, { location: '/ok' }).end(),
    '/endless': (_, response) => void setInterval(() => response.write('x'.repeat(8_192)), 1).unref(),
    '/drip': (_, response) => void setInterval(() => response.write('x'), 20).unref(),
    '/secret': (_, response) => response.end('secret'),
    '/refused': (_, response) => response.writeHead(400).end('x'.repeat(50)),
    '/half': (_, response) => void response.writeHead(500).write('half')
  };
  beforeAll(async () => {
    server = createHttp((request, response) => {
      hits.push(request.url!);
      (routes[request.url!] ?? routes['/ok']!)(request, response);
    });
    // Sends single bytes of a header at intervals, and never its end.
    tcp = createTcp(socket => {
      open.add(socket);
      socket.write('HTTP/1.1 200 OK\r\nx-slow: ');
      const drip = setInterval(() => socket.write('y'), 20);
      socket.on('error', () => undefined).on('close', () => clearInterval(drip));
    });
    await Promise.all([server, tcp].map(one => new Promise<void>(resolve => one.listen(0, '127.0.0.1', resolve))));
    port = (server.address() as AddressInfo).port;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
    for (const socket of open) socket.destroy();
    tcp.close();
  });
  beforeEach(() => hits.splice(0));

  const egresses: GuardedEgress[] = [];
  afterEach(() => Promise.all(egresses.splice(0).map(egress => egress.close())));
  type Setup = Partial<EgressSettings> & { readonly resolver?: NameResolver };
  const guard = ({ resolver = new ScriptedResolver({}), ...settings }: Setup = {}): GuardedEgress => {
    const egress = new GuardedEgress({ allow: [], ...settings }, resolver);
    egresses.push(egress);
    return egress;
  };
  const local = (path: string): string => `http://receiver.test:${port}${path}`;
  const receiver = (extra: Record<string, string[][]> = {}): Setup => ({
    allow: ['receiver.test'],
    resolver: new ScriptedResolver({ 'receiver.test': [['127.0.0.1']], ...extra })
  });
  const denied: unknown = expect.objectContaining({ code: 'EGRESS_DENIED' });
  const failed = (reason: string): unknown => expect.objectContaining({ code: 'EGRESS_FAILED', details: { reason } });

  it('permits a request to an allowed host and its redirect', async () => {
    const egress = guard(receiver());
    expect(await egress.fetch({ ...GET, url: local('/ok') })).toMatchObject({ status: 200, body: Buffer.from('fine') });
    expect((await egress.fetch({ ...GET, url: local('/once') })).status).toBe(200);
    expect((await egress.fetch({ ...GET, url: local('/once'), redirects: 'refuse' })).status).toBe(301);
    expect((await egress.fetch({ ...GET, url: local('/endless'), response: 'none' })).status).toBe(200);
  });

  it('reads a response after unrequested interim ones', async () => {
    const interim = 'HTTP/1.1 100 Continue\r\n\r\n';
    const answer = 'HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nfine';
    const server = createTcp(socket => {
      socket.once('data', () => {
        socket.write(interim);
        setTimeout(() => socket.write(`${interim}${answer}`), 20);
      });
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    const url = `http://receiver.test:${(server.address() as AddressInfo).port}/`;
    expect(await guard(receiver()).fetch({ ...GET, url })).toMatchObject({ status: 200, body: Buffer.from('fine') });
    server.close();
  });

  it('blocks a forbidden address, however it is written', async () => {
    const egress = guard();
    const hosts = [
      '127.0.0.1',
      '2130706433',
      '0x7f.1',
      '0177.1',
      '127.0.0.1.',
      '[::1]',
      '[::ffff:127.0.0.1]',
      '169.254.169.254',
      '0',
      '10.0.0.1'
    ];
    for (const scheme of ['http', 'https']) {
      for (const host of hosts) {
        await expect(egress.fetch({ ...GET, url: `${scheme}://${host}:${port}/secret` })).rejects.toEqual(denied);
        await expect(egress.check(`${scheme}://${host}:${port}/secret`)).rejects.toEqual(denied);
      }
    }
    expect(hits).toEqual([]);
  });

  it('blocks a name with any forbidden address', async () => {
    const egress = guard({ resolver: new ScriptedResolver({ 'a.test': [['127.0.0.1']], 'b.test': [['8.8.8.8', '::1']] }) });
    for (const name of ['a.test', 'a.test.', 'A.TEST', 'b.test']) {
      await expect(egress.fetch({ ...GET, url: `https://${name}:${port}/secret` })).rejects.toEqual(denied);
      await expect(egress.check(`https://${name}:${port}/secret`)).rejects.toEqual(denied);
    }
    expect(hits).toEqual([]);
  });

  it('connects to the address it checked, not to a later lookup', async () => {
    // The name is public when it is checked, and private whenever it is resolved again.
    const resolver = new ScriptedResolver({ 'rebind.test': [['192.0.2.1'], ['127.0.0.1']] });
    const egress = guard({ resolver, allow: ['192.0.2.1'] });
    await expect(egress.fetch({ ...GET, url: `http://rebind.test:${port}/secret`, timeoutMs: 300 })).rejects.toMatchObject({
      code: 'EGRESS_FAILED'
    });
    expect(resolver.asked).toBe(1);
    await expect(egress.fetch({ ...GET, url: `http://rebind.test:${port}/secret` })).rejects.toEqual(denied);
    expect(hits).toEqual([]);
  });

  it('checks every redirect again', async () => {
    const egress = guard(receiver({ 'secret.test': [['127.0.0.1']] }));
    await expect(egress.fetch({ ...GET, url: local('/in') })).rejects.toEqual(denied);
    await expect(egress.fetch({ ...GET, url: local('/metadata') })).rejects.toEqual(denied);
    await expect(egress.fetch({ ...GET, url: local('/loop') })).rejects.toEqual(failed('too-many-redirects'));
    expect(hits).not.toContain('/secret');
  });

  it('speaks http only to allowed hosts', async () => {
    const egress = guard({ resolver: new ScriptedResolver({ 'public.test': [['8.8.8.8']] }) });
    await expect(egress.fetch({ ...GET, url: 'http://public.test/' })).rejects.toEqual(denied);
    await expect(egress.check('http://public.test/')).rejects.toEqual(denied);
    await expect(egress.check('http://unknown.test/')).rejects.toEqual(denied);
    await expect(egress.check('https://public.test/')).resolves.toBeUndefined();
    await expect(egress.check('https://unknown.test/')).resolves.toBeUndefined();
    await expect(guard({ allow: ['127.0.0.0/8'] }).fetch({ ...GET, url: `http://127.0.0.1:${port}/ok` })).resolves.toMatchObject({
      status: 200
    });
  });

  it('aborts on responses that are too long or never end', async () => {
    const egress = guard(receiver());
    await expect(egress.fetch({ ...GET, url: local('/endless') })).rejects.toEqual(failed('response-too-large'));
    await expect(egress.fetch({ ...GET, url: local('/drip'), timeoutMs: 200 })).rejects.toEqual(failed('timeout'));
    const slow = `http://receiver.test:${(tcp.address() as AddressInfo).port}/`;
    await expect(egress.fetch({ ...GET, url: slow, timeoutMs: 200, response: 'none' })).rejects.toEqual(failed('timeout'));
  });

  describe('if only the status of a response matters', () => {
    const brief = (path: string, rest: Partial<EgressRequest> = {}): EgressRequest => ({
      url: local(path),
      method: 'POST',
      body: 'x',
      timeoutMs: 3_000,
      redirects: 'refuse',
      response: { refusalBytes: 10 },
      ...rest
    });

    it.each([
      ['/ok', 200, ''],
      ['/endless', 200, ''],
      ['/once', 301, ''],
      ['/refused', 400, 'xxxxxxxxxx'],
      ['/half', 500, 'half']
    ])('%s settles with %i and the beginning of a refusal', async (path, status, body) => {
      expect(await guard(receiver()).fetch(brief(path))).toMatchObject({ status, body: Buffer.from(body) });
    });

    it('a connection is reused unless its response is long', async () => {
      let connections = 0;
      const count = (): void => void connections++;
      server.on('connection', count);
      const egress = guard(receiver());
      const short = Array.from({ length: 15 }, (_, n) => ['/ok', '/refused', '/once'][n % 3]!);
      for (const path of short) await egress.fetch(brief(path, { response: { refusalBytes: 100 } }));
      const before = connections;
      expect(before).toBeLessThan(5);
      for (let n = 0; n < 15; n++) await egress.fetch(brief('/refused'));
      expect(connections - before).toBeGreaterThan(10);
      server.off('connection', count);
    });

    it('a request times out, even while waiting for a connection', async () => {
      const egress = guard(receiver());
      const slow = `http://receiver.test:${(tcp.address() as AddressInfo).port}/`;
      await expect(egress.fetch(brief('', { url: slow, timeoutMs: 200 }))).rejects.toEqual(failed('timeout'));
      await expect(egress.fetch(brief('', { url: slow, signal: AbortSignal.timeout(50) }))).rejects.toEqual(failed('aborted'));
      await expect(egress.fetch(brief('', { signal: AbortSignal.abort() }))).rejects.toEqual(failed('aborted'));
      const waiting = guard({ allow: ['slow.test'], resolver: new NeverResolver() });
      await expect(waiting.fetch(brief('', { url: 'http://slow.test/', timeoutMs: 100 }))).rejects.toEqual(failed('timeout'));
      await expect(egress.fetch(brief('', { url: 'http://receiver.test:1/' }))).rejects.toEqual(failed('connect'));
    });
  });

  it('reports how a request failed', async () => {
    const egress = guard(receiver());
    await expect(egress.fetch({ ...GET, url: 'https://unknown.test/' })).rejects.toEqual(failed('dns'));
    await expect(egress.fetch({ ...GET, url: 'http://receiver.test:1/' })).rejects.toEqual(failed('connect'));
    await expect(egress.fetch({ ...GET, url: `https://receiver.test:${port}/` })).rejects.toEqual(failed('tls'));
    const stop = AbortSignal.timeout(50);
    await expect(egress.fetch({ ...GET, url: local('/drip'), signal: stop })).rejects.toEqual(failed('aborted'));
  });
});
