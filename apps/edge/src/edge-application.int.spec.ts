import { request } from 'node:http';
import { awaitCondition } from '@wabus/testing';
import { io } from 'socket.io-client';
import { EdgeFixture, TOKEN } from './edge.fixture.js';

const FRIEND = 'https://console.example';

describe('an edge with settings of its own', () => {
  let edge: EdgeFixture;
  beforeAll(async () => {
    edge = await EdgeFixture.launch({
      WABUS_EDGE_CORS_ORIGINS: FRIEND,
      WABUS_EDGE_TRANSPORTS: 'websocket',
      WABUS_EDGE_OPEN_METRICS: 'true',
      WABUS_EDGE_MAX_CONNECTIONS_PER_TOKEN: '2',
      WABUS_EDGE_MAX_SUBSCRIPTIONS: '2',
      WABUS_EDGE_TRUSTED_PROXIES: '127.0.0.0/8',
      WABUS_EDGE_FAILURES_PER_MINUTE: '1'
    });
  }, 30_000);
  afterAll(() => edge.stop(), 30_000);

  const allowedOrigin = async (origin: string): Promise<string | null> => {
    const preflight = { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization' };
    const response = await fetch(`${edge.url}/api/sessions`, { method: 'OPTIONS', headers: preflight });
    return response.headers.get('access-control-allow-origin');
  };

  it('admits pages of the configured origin, and no others', async () => {
    await expect(allowedOrigin(FRIEND)).resolves.toBe(FRIEND);
    await expect(allowedOrigin('https://evil.example')).resolves.not.toBe('https://evil.example');
  });

  /** Returns the status of the response to a WebSocket handshake with these headers. */
  const handshake = (headers: Record<string, string>): Promise<number> =>
    new Promise((resolve, reject) => {
      const key = {
        upgrade: 'websocket',
        connection: 'Upgrade',
        'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
        'sec-websocket-version': '13'
      };
      const handshaking = request(`${edge.url}/socket.io/?EIO=4&transport=websocket`, { headers: { ...key, ...headers } });
      handshaking.once('upgrade', ({ statusCode }, socket) => {
        socket.destroy();
        resolve(statusCode!);
      });
      handshaking.once('response', response => {
        response.resume();
        resolve(response.statusCode!);
      });
      handshaking.once('error', reject).end();
    });

  it.each([
    ['no page', {}, 101],
    ['a page of the configured origin', { origin: FRIEND }, 101],
    ['its own page', { origin: 'http://HERE' }, 101],
    [
      'its own page behind a proxy that forwards the requested host',
      { origin: 'https://wabus.example', 'x-forwarded-host': 'wabus.example' },
      101
    ],
    ['its own page, as the browser reports', { origin: 'https://wabus.example', 'sec-fetch-site': 'same-origin' }, 101],
    ['a page of another origin', { origin: 'https://evil.example' }, 400],
    ['a page of the same host at another port', { origin: 'http://127.0.0.1:1' }, 400],
    ['a page without an origin', { origin: 'null' }, 400],
    ['a page of another origin behind a proxy', { origin: 'https://evil.example', 'x-forwarded-host': 'wabus.example' }, 400]
  ])('answers the WebSocket handshake of %s: %j', async (_what, headers: Record<string, string>, status) => {
    const here = new URL(edge.url).host;
    const sent = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, value.replace('HERE', here)]));
    await expect(handshake(sent)).resolves.toBe(status);
  });

  it('lets pages of the configured origin read its headers', async () => {
    const headersOf = async (path: string, token: string): Promise<Headers> => {
      const headers = { origin: FRIEND, authorization: `Bearer ${token}`, accept: 'application/x-ndjson' };
      return (await fetch(`${edge.url}${path}`, { headers })).headers;
    };
    await edge.publish('sales', 'call', 1);
    await edge.publish('sales', 'call', 2);
    await edge.dropEventsBefore(2);
    const truncated = await headersOf('/api/events?since=2020-01-01T00:00:00Z', TOKEN);
    expect(truncated.get('wabus-truncated')).toBeTruthy();
    expect(truncated.get('vary')).toBe('Origin, Accept');
    await headersOf('/api/sessions', 'a-token-that-nobody-has');
    const limited = await headersOf('/api/sessions', 'another-that-nobody-has');
    expect(limited.get('retry-after')).toBeTruthy();
    for (const headers of [truncated, limited]) {
      const exposed = (headers.get('access-control-expose-headers') ?? '').toLowerCase().split(',');
      for (const name of [
        'wabus-truncated',
        'retry-after',
        'wabus-qr-ttl-ms',
        'wabus-qr-attempt',
        'content-range',
        'content-disposition',
        'etag'
      ])
        expect(exposed).toContain(name);
    }
  });

  it('does not tell browsers to use TLS, which it lacks', async () => {
    expect((await fetch(edge.url)).headers.get('strict-transport-security')).toBeNull();
  });

  it('limits connections per token and subscriptions of each', async () => {
    const client = edge.client();
    const events = await client.connectEvents();
    const other = await client.connectEvents();
    await expect(client.connectEvents()).rejects.toMatchObject({ message: 'LIMIT_REACHED', data: { details: { limit: 2 } } });
    const gone = new Promise(resolve => other.socket.once('disconnect', resolve));
    other.close();
    await gone;
    await expect(
      awaitCondition(
        () => client.connectEvents(),
        () => true
      )
    ).resolves.toBeDefined();
    await events.subscribe({ events: ['call'], sessions: ['a'] });
    await events.subscribe({ events: ['call'], sessions: ['b'] });
    await expect(events.subscribe({ events: ['call'], sessions: ['c'] })).resolves.toMatchObject({
      ok: false,
      error: { code: 'LIMIT_REACHED' }
    });
    await expect(events.subscribe({ events: ['chats.lock'], sessions: ['a'] })).resolves.toMatchObject({ ok: true });
    client.close();
  });

  it('serves WebSocket only if configured', async () => {
    const polling = io(edge.url, { auth: { token: TOKEN }, transports: ['polling'], reconnection: false, forceNew: true });
    await new Promise(resolve => polling.once('connect_error', resolve));
    const websocket = io(edge.url, { auth: { token: TOKEN }, transports: ['websocket'], reconnection: false, forceNew: true });
    await new Promise<void>(resolve => websocket.once('connect', resolve));
    websocket.close();
  });

  it('shows metrics to everyone if configured', async () => {
    const response = await fetch(`${edge.url}/metrics`);
    expect(response.status).toBe(200);
    await expect(response.text()).resolves.toContain('wabus_edge_clients');
  });
});
