import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CommandOutcome, SessionSettingsView, SessionView } from '@wabus/contracts';
import { awaitCondition, findFreePort, scanUntilLinked } from '@wabus/testing';
import { makeCertificate, startHttpProxy, startSocksProxy, type ProxyLogin, type RunningProxy } from './proxy.fixture.js';
import { Wabus } from './wabus.fixture.js';

const LOGIN: ProxyLogin = { username: 'user@home', password: 'hunter2:%/secret' };
const CREDENTIALS = `${encodeURIComponent(LOGIN.username)}:${encodeURIComponent(LOGIN.password)}`;
const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==', 'base64');

/** Ends every connection of a connector that goes to the simulator past a proxy. It stands in the way of the real process, and in no test double. */
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
  let wabus: Wabus;
  let proxies: Record<RunningProxy['protocol'], RunningProxy>;
  /** Of the connector: for sessions without one of their own. */
  let common: RunningProxy;

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

  /** Creates the session with its proxy, links it, and lets a text and a file go both ways. */
  async function live(session: string, proxy: string | undefined): Promise<void> {
    const account = await wabus.control.createAccount({ name: session });
    const contact = await wabus.control.createAccount({ name: 'Contact' });
    const created = await wabus.edge.post('/api/sessions', { session, ...(proxy === undefined ? {} : { proxy }) });
    expect(created.status).toBe(201);
    await scanUntilLinked(wabus.control, account.phoneNumber, previous => wabus.awaitQr(session, previous));
    await wabus.awaitState(session, 'open');
    await wabus.control.sendMessage({ from: contact.phoneNumber, to: account.phoneNumber, message: { conversation: 'in' } });
    const inbound = await awaitCondition(
      () => wabus.edge.get<{ events: { data: { messages?: object[] } }[] }>(`/api/sessions/${session}/events?events=messages.upsert`),
      ({ body }) => body.events.some(({ data }) => JSON.stringify(data).includes('"in"')),
      { what: 'the text of the contact' }
    );
    expect(inbound.status).toBe(200);
    const upload = await wabus.edge.post<CommandOutcome>(`/api/sessions/${session}/messages`, {
      jid: contact.pnJid,
      content: { image: { base64: PNG.toString('base64') }, caption: 'out' }
    });
    expect(upload.body).toMatchObject({ ok: true });
    const [image] = await wabus.control.received({ phoneNumber: contact.phoneNumber, atLeast: 1, waitMs: 10_000 });
    // What was uploaded is downloaded again, as a file of WhatsApp's hosts.
    const file = await wabus.edge.post<CommandOutcome>(`/api/sessions/${session}/commands/downloadMedia`, {
      args: { message: { key: { id: image!.id, remoteJid: contact.pnJid }, message: image!.message } }
    });
    expect(file.body).toMatchObject({ ok: true, data: { bytes: PNG.length } });
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
    wabus = await Wabus.start({
      connectorNodeArgs: ['--import', `data:text/javascript,${encodeURIComponent(tripwire())}`],
      connectorEnv: {
        WABUS_EGRESS_ALLOW: 'localhost',
        WABUS_PROXY_URL: addressOf(forConnector).replace('localhost', '127.0.0.1'),
        WABUS_RECONNECT_CAP_MS: '500',
        NODE_EXTRA_CA_CERTS: certificate.caFile
      },
      edgeEnv: { WABUS_EGRESS_ALLOW: 'localhost' }
    });
  }, 60_000);

  afterAll(async () => {
    await wabus?.stop();
    await Promise.all([...Object.values(proxies ?? {}), common].map(proxy => proxy?.[Symbol.asyncDispose]()));
    certificate.remove();
  }, 60_000);

  test.each(['http', 'https', 'socks5'] as const)(
    '%s carries socket, uploads and downloads',
    async protocol => {
      const proxy = proxies[protocol];
      await live(`over-${protocol}`, addressOf(proxy));
      const simulator = new URL(wabus.simulator.url).host;
      expect(new Set(proxy.targets)).toEqual(new Set([simulator]));
      // Two connections of the socket, history, an upload and a download.
      expect(proxy.targets.length).toBeGreaterThanOrEqual(4);
      expect(common.targets).toEqual([]);
    },
    60_000
  );

  test('a session without a proxy takes that of the connector', async () => {
    await live('plain', undefined);
    expect(common.targets.length).toBeGreaterThanOrEqual(4);
  }, 60_000);

  test('the settings show the proxy without user and password', async () => {
    expect((await settings('over-http')).proxy).toEqual({ url: `http://localhost:${proxies.http.port}`, authenticated: true });
    expect((await settings('plain')).proxy).toBeNull();
  });

  test.each(['http', 'socks5'] as const)(
    'a wrong password at %s has a reason of its own',
    async protocol => {
      const session = `over-${protocol}`;
      const proxy = proxies[protocol];
      const before = proxy.targets.length;
      expect((await change(session, addressOf(proxy, 'user%40home:wrong'))).status).toBe(200);
      await wabus.edge.post(`/api/sessions/${session}/restart`, {});
      const { status } = await awaitCondition(
        () => wabus.session(session),
        (view: SessionView) => view.status.lastDisconnect?.reason === 'proxy-failed',
        { what: 'the reason of the disconnect' }
      );
      expect(status.lastDisconnect).toMatchObject({ code: protocol === 'http' ? 407 : null, willReconnect: true });
      expect(proxy.refused()).toBeGreaterThan(0);
      expect(proxy.targets.length).toBe(before);
      expect((await change(session, addressOf(proxy))).status).toBe(200);
      await wabus.edge.post(`/api/sessions/${session}/restart`, {});
      await wabus.awaitState(session, 'open');
    },
    60_000
  );

  test('a proxy that does not answer is named, and nothing goes past it', async () => {
    const port = await findFreePort();
    await wabus.edge.post('/api/sessions', { session: 'dead', proxy: `socks5://localhost:${port}` });
    await awaitCondition(
      () => wabus.session('dead'),
      (view: SessionView) => view.status.lastDisconnect?.reason === 'proxy-failed',
      { what: 'the reason of the disconnect' }
    );
    expect((await wabus.session('dead')).status.account).toBeNull();
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
    '%s is no proxy, and is not quoted',
    async address => {
      const refused = await change('plain', address as string);
      expect(refused.status).toBe(400);
      expect(refused.body.error?.code).toBe('INVALID_REQUEST');
      expect(JSON.stringify(refused.body)).toContain('proxy');
      expect(JSON.stringify(refused.body)).not.toContain('hunter2');
    }
  );

  test('null takes the session back to that of the connector', async () => {
    const before = common.targets.length;
    expect((await change('over-https', null)).body.proxy).toBeNull();
    await wabus.edge.post(`/api/sessions/over-https/restart`, {});
    await awaitCondition(
      () => Promise.resolve(common.targets.length),
      count => count > before,
      { what: 'a connection through the proxy of the connector' }
    );
    await wabus.awaitState('over-https', 'open');
  }, 30_000);

  test('the password is in no log, no event and no record', async () => {
    const secrets = ['hunter2', encodeURIComponent(LOGIN.password), Buffer.from(`${LOGIN.username}:${LOGIN.password}`).toString('base64')];
    const printed = [...wabus.connectors, ...wabus.edges].map(process => process.lines.join('\n')).join('\n');
    const events = await wabus.edge.get<object>('/api/events?limit=1000');
    const stored = readdirSync(wabus.natsStore, { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile())
      .map(entry => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
      .join('\n');
    for (const secret of secrets) for (const text of [printed, JSON.stringify(events.body), stored]) expect(text).not.toContain(secret);
    expect(stored).toContain(`localhost:${proxies.http.port}`);
  });
});
