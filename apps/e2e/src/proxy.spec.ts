import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { CommandOutcome, SessionSettingsView, SessionView } from '@wabus/contracts';
import { awaitCondition, findFreePort, type LaunchedProcess } from '@wabus/testing';
import { makeCertificate, startHttpProxy, startSocksProxy, type ProxyLogin, type RunningProxy } from './proxy.fixture.js';
import { WabusFixture } from './wabus.fixture.js';

const LOGIN: ProxyLogin = { username: 'user@home', password: 'hunter2:%/secret' };
const CREDENTIALS = `${encodeURIComponent(LOGIN.username)}:${encodeURIComponent(LOGIN.password)}`;
const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==', 'base64');

/**
 * Breaks every connection of a connector that bypasses the proxy on its way to
 * the simulator. It is loaded into the real process, not into a test double.
 */
const tripwire = (): string => `
  import net from 'node:net';
  const connect = net.Socket.prototype.connect;
  net.Socket.prototype.connect = function (...args) {
    const options = Array.isArray(args[0]) ? args[0][0] : args[0];
    const simulator = Number(new URL(process.env.WABUS_SIMULATOR_URL).port);
    if (Number(options?.port) === simulator) throw new Error('a connection went past the proxy');
    return connect.apply(this, args);
  };`;

describe('proxies', () => {
  const certificate = makeCertificate();
  let wabus: WabusFixture;
  let proxies: Record<RunningProxy['protocol'], RunningProxy>;
  /** The proxy of the connector, for sessions without one of their own. */
  let common: RunningProxy;
  /** The connector that runs during most tests. */
  let first: LaunchedProcess;

  const addressOf = ({ protocol, port }: RunningProxy, credentials = CREDENTIALS): string =>
    `${protocol}://${credentials}@localhost:${port}`;
  const settings = async (session: string): Promise<SessionSettingsView> =>
    (await wabus.edge.get<SessionSettingsView>(`/api/sessions/${session}/settings`)).body;
  const change = (session: string, proxy: string | null) =>
    wabus.edge.request<SessionSettingsView & { error?: { code: string; message: string; details: unknown } }>(
      'PATCH',
      `/api/sessions/${session}/settings`,
      { proxy }
    );

  const proxyFailed = (session: string): Promise<SessionView> =>
    awaitCondition(
      () => wabus.session(session),
      view => view.status.lastDisconnect?.reason === 'proxy-failed',
      { what: `proxy-failed of ${session}` }
    );
  const connections = ({ targets }: RunningProxy, more: number): Promise<number> =>
    awaitCondition(
      () => Promise.resolve(targets.length),
      count => count >= more,
      { what: `${more} connections through a proxy` }
    );

  /** Creates the session with its proxy, links it, and transfers a file to a contact and back. */
  async function live(session: string, proxy: string | undefined): Promise<void> {
    const account = await wabus.control.createAccount({ name: session });
    const contact = await wabus.control.createAccount({ name: 'Contact' });
    const created = await wabus.edge.post('/api/sessions', { session, ...(proxy === undefined ? {} : { proxy }) });
    expect(created.status).toBe(201);
    await wabus.scan(session, account);
    await wabus.awaitState(session, 'open');
    const sent = await sendFile(session, contact.pnJid, { type: 'Buffer', data: PNG.toString('base64') });
    const there = await awaitCondition(
      () => wabus.control.received({ phoneNumber: contact.phoneNumber }),
      messages => messages.some(({ id }) => id === sent.id),
      { what: 'the file at the contact' }
    );
    const { documentMessage } = there.find(({ id }) => id === sent.id)!.message as { documentMessage: object };
    const back = await wabus.control.sendMessage({ from: contact.phoneNumber, to: account.phoneNumber, message: { documentMessage } });
    const isBack = ({ data }: { data: { messages?: { key: { id: string } }[] } }): boolean => data.messages?.[0]?.key.id === back.id;
    const { body } = await awaitCondition(
      () =>
        wabus.edge.get<{ events: (Parameters<typeof isBack>[0] & { cursor: string })[] }>(
          `/api/sessions/${session}/events?events=messages.upsert`
        ),
      page => page.body.events.some(isBack),
      { what: 'the file of the contact' }
    );
    const file = await fetch(`${wabus.edge.url}/api/sessions/${session}/media/${body.events.find(isBack)!.cursor}`, {
      headers: { authorization: `Bearer ${wabus.edge.token}` }
    });
    expect([file.status, Buffer.from(await file.arrayBuffer())]).toEqual([200, PNG]);
  }

  async function sendFile(session: string, jid: string, file: object): Promise<{ id: string }> {
    const sent = await wabus.edge.post<CommandOutcome>(`/api/sessions/${session}/commands/sendMessage`, {
      args: { jid, content: { document: file, mimetype: 'image/png' } }
    });
    expect(sent.body).toMatchObject({ ok: true });
    return (sent.body as unknown as { data: { key: { id: string } } }).data.key;
  }

  beforeAll(async () => {
    const [http, https, socks5, forConnector] = await Promise.all([
      startHttpProxy(LOGIN),
      startHttpProxy(LOGIN, certificate),
      startSocksProxy(LOGIN),
      startSocksProxy(LOGIN)
    ]);
    proxies = { http, https, socks5 };
    common = forConnector;
    wabus = await WabusFixture.start({
      roles: true,
      connectorNodeArgs: ['--import', `data:text/javascript,${encodeURIComponent(tripwire())}`],
      connectorEnv: {
        WABUS_EGRESS_ALLOW: 'localhost',
        WABUS_PROXY_URL: addressOf(forConnector).replace('localhost', '127.0.0.1'),
        WABUS_RECONNECT_CAP_MS: '500',
        NODE_EXTRA_CA_CERTS: certificate.caFile
      },
      edgeEnv: { WABUS_EGRESS_ALLOW: 'localhost' }
    });
    // The look-up of the client version, the only connection through this proxy before a session without its own proxy exists.
    await connections(common, 1);
  }, 60_000);

  afterAll(async () => {
    await wabus?.stop();
    await Promise.all([...Object.values(proxies ?? {}), common].map(proxy => proxy?.[Symbol.asyncDispose]()));
    certificate.remove();
  }, 60_000);

  test.each(['http', 'https', 'socks5'] as const)(
    '%s transfers socket, uploads and downloads',
    async protocol => {
      const proxy = proxies[protocol];
      await live(`over-${protocol}`, addressOf(proxy));
      const simulator = new URL(wabus.simulator.url).host;
      expect(new Set(proxy.targets)).toEqual(new Set([simulator]));
      // Two connections of the socket, history, an upload and a download.
      expect(proxy.targets.length).toBeGreaterThanOrEqual(4);
      expect(common.targets).toHaveLength(1);
    },
    60_000
  );

  test('a session without a proxy uses that of the connector', async () => {
    await live('plain', undefined);
    expect(common.targets.length).toBeGreaterThanOrEqual(4);
  }, 60_000);

  test('the settings show the proxy without user and password', async () => {
    expect((await settings('over-http')).proxy).toEqual({ url: `http://localhost:${proxies.http.port}`, authenticated: true });
    expect((await settings('plain')).proxy).toBeNull();
  });

  test.each(['http', 'socks5'] as const)(
    'a wrong password at %s has its own reason',
    async protocol => {
      const session = `over-${protocol}`;
      const proxy = proxies[protocol];
      const before = proxy.targets.length;
      expect((await change(session, addressOf(proxy, 'user%40home:wrong'))).status).toBe(200);
      const { status } = await proxyFailed(session);
      expect(status.lastDisconnect).toMatchObject({ code: protocol === 'http' ? 407 : null, willReconnect: true });
      expect(proxy.refused()).toBeGreaterThan(0);
      expect(proxy.targets.length).toBe(before);
      expect((await change(session, addressOf(proxy))).status).toBe(200);
      await wabus.awaitState(session, 'open');
    },
    60_000
  );

  test('a proxy that does not respond is named', async () => {
    const port = await findFreePort();
    await wabus.edge.post('/api/sessions', { session: 'dead', proxy: `socks5://localhost:${port}` });
    const { status } = await proxyFailed('dead');
    expect(status.lastDisconnect?.message).toContain('proxy');
  }, 30_000);

  test('a file that a user names is fetched without the proxy', async () => {
    let asked = 0;
    const web = createServer((_request, response) => (asked++, response.writeHead(200, { 'content-type': 'image/png' }).end(PNG)));
    await new Promise<void>(resolve => web.listen(0, '127.0.0.1', resolve));
    const { port } = web.address() as AddressInfo;
    try {
      const contact = await wabus.control.createAccount({ name: 'Contact' });
      await sendFile('over-http', contact.pnJid, { url: `http://localhost:${port}/cat.png` });
    } finally {
      web.close();
    }
    expect(asked).toBe(1);
    expect(new Set(proxies.http.targets)).toEqual(new Set([new URL(wabus.simulator.url).host]));
  }, 30_000);

  test.each(['http://10.1.2.3:3128', 'socks5://169.254.169.254', 'https://[::1]:8080', 'socks5://0x7f.1:1080'])(
    '%s is refused as private, with the setting named',
    async address => {
      const refused = await change('plain', address);
      expect(refused.status).toBe(400);
      expect(refused.body.error).toMatchObject({
        code: 'EGRESS_DENIED',
        message: expect.stringContaining('WABUS_EGRESS_ALLOW') as string,
        details: { field: 'proxy' }
      });
      expect((await settings('plain')).proxy).toBeNull();
    }
  );

  test.each(['ftp://u:hunter2@h', 'http://u:hunter2@h/path', 'nonsense hunter2', 17])(
    '%p is refused as a proxy, and is not quoted',
    async address => {
      const refused = await change('plain', address as string);
      expect(refused.status).toBe(400);
      expect(refused.body.error?.code).toBe('INVALID_ARGUMENTS');
      expect(JSON.stringify(refused.body)).toContain('proxy');
      expect(JSON.stringify(refused.body)).not.toContain('hunter2');
    }
  );

  test('a changed proxy applies to a running session immediately', async () => {
    const before = proxies.socks5.targets.length;
    expect((await change('over-https', addressOf(proxies.socks5))).status).toBe(200);
    await connections(proxies.socks5, before + 1);
    await wabus.awaitState('over-https', 'open');
  }, 30_000);

  test("null restores the connector's proxy for the session", async () => {
    const before = common.targets.length;
    expect((await change('over-https', null)).body.proxy).toBeNull();
    await connections(common, before + 1);
    await wabus.awaitState('over-https', 'open');
  }, 30_000);

  test('a changed proxy does not wake a stopped session', async () => {
    await wabus.edge.post('/api/sessions/dead/stop', {});
    await wabus.awaitState('dead', 'stopped');
    const before = proxies.http.targets.length;
    expect((await change('dead', addressOf(proxies.http))).status).toBe(200);
    // The connector has processed the previous record once it has applied the next one.
    await change('plain', addressOf(proxies.https));
    await wabus.awaitState('plain', 'open');
    expect([(await wabus.session('dead')).status.state, proxies.http.targets.length]).toEqual(['stopped', before]);
  }, 30_000);

  test('the next connector also decrypts the password', async () => {
    const before = proxies.http.targets.length;
    first = wabus.connectors.shift()!;
    await first.stop();
    await wabus.startConnector('c2');
    await connections(proxies.http, before + 1);
    await wabus.awaitState('over-http', 'open');
  }, 60_000);

  test('a stopped session is unlinked through its proxy', async () => {
    await wabus.edge.post('/api/sessions/over-socks5/stop', {});
    await wabus.awaitState('over-socks5', 'stopped');
    const before = proxies.socks5.targets.length;
    await wabus.edge.post('/api/sessions/over-socks5/logout', {});
    await connections(proxies.socks5, before + 1);
    await wabus.awaitState('over-socks5', 'logged-out');
  }, 30_000);

  test('the password is in no log, no event and no record', async () => {
    const secrets = ['hunter2', encodeURIComponent(LOGIN.password), Buffer.from(`${LOGIN.username}:${LOGIN.password}`).toString('base64')];
    const printed = [first, ...wabus.connectors, ...wabus.edges].map(process => process.lines.join('\n')).join('\n');
    const events = await wabus.edge.get<object>('/api/events?limit=1000');
    const stored = readdirSync(wabus.natsStore, { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile())
      .map(entry => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
      .join('\n');
    expect(printed).toContain('connection through the proxy failed');
    for (const secret of secrets) for (const text of [printed, JSON.stringify(events.body), stored]) expect(text).not.toContain(secret);
    expect(stored).toContain(`localhost:${proxies.http.port}`);
  });
});
