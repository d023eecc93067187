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
      WABUS_EDGE_MAX_SUBSCRIPTIONS: '2'
    });
  }, 30_000);
  afterAll(() => edge.stop(), 30_000);

  const allowedOrigin = async (origin: string): Promise<string | null> => {
    const preflight = { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization' };
    const response = await fetch(`${edge.url}/api/sessions`, { method: 'OPTIONS', headers: preflight });
    return response.headers.get('access-control-allow-origin');
  };

  it('lets pages of the configured origin in, and no others', async () => {
    await expect(allowedOrigin(FRIEND)).resolves.toBe(FRIEND);
    await expect(allowedOrigin('https://evil.example')).resolves.not.toBe('https://evil.example');
  });

  it('limits the connections of a token, and what one connection may subscribe to', async () => {
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

  it('serves WebSocket only when told so', async () => {
    const polling = io(edge.url, { auth: { token: TOKEN }, transports: ['polling'], reconnection: false, forceNew: true });
    await new Promise(resolve => polling.once('connect_error', resolve));
    const websocket = io(edge.url, { auth: { token: TOKEN }, transports: ['websocket'], reconnection: false, forceNew: true });
    await new Promise<void>(resolve => websocket.once('connect', resolve));
    websocket.close();
  });

  it('shows metrics to everyone when told so', async () => {
    const response = await fetch(`${edge.url}/metrics`);
    expect(response.status).toBe(200);
    await expect(response.text()).resolves.toContain('wabus_edge_clients');
  });
});
