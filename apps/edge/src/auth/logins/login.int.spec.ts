import { once } from 'node:events';
import {
  TOKENS_BUCKET,
  type ErrorBody,
  type IssuedToken,
  type LoginCode,
  type LoginView,
  type PrincipalView,
  type TokenView
} from '@wabus/contracts';
import { awaitCondition, type EdgeClient } from '@wabus/testing';
import { SignJWT } from 'jose';
import { io, type Socket } from 'socket.io-client';
import { EdgeFixture, READER_TOKEN, TOKEN } from '../../edge.fixture.js';

const SECRET = 'a-secret-of-at-least-32-characters';
const NAMED_ORIGIN = 'https://other.example';

interface Answer {
  readonly status: number;
  readonly cookie: string | null;
  readonly body: Record<string, unknown>;
}

describe('the login of a browser', () => {
  let edge: EdgeFixture;
  let otherUrl: string;
  let admin: EdgeClient;
  const sockets: Socket[] = [];

  /** Sends a request as the console does, or as another page does with the cookie that the browser adds. */
  const ask = async (
    method: string,
    path: string,
    { url = edge.url, body, ...headers }: { url?: string; body?: unknown; [header: string]: unknown } = {}
  ): Promise<Answer> => {
    const own = { origin: url, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers } as Record<
      string,
      string | undefined
    >;
    const sent = Object.entries(own).filter((entry): entry is [string, string] => entry[1] !== undefined);
    const response = await fetch(`${url}${path}`, { method, headers: sent, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
    const [set = null] = response.headers.getSetCookie();
    const text = await response.text();
    return { status: response.status, cookie: set, body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>) };
  };
  /** Logs in with a token or code, and returns the cookie. */
  const logIn = async (body: object, url = edge.url): Promise<string> => {
    const { status, cookie } = await ask('POST', '/api/login', { body, url });
    expect(status).toBe(200);
    return cookie!.split(';')[0]!;
  };
  const statusWith = async (cookie: string, url = edge.url): Promise<number> =>
    (await ask('GET', '/api/principal', { cookie, url })).status;
  const handshake = async (headers: Record<string, string>, url = edge.url): Promise<{ socket: Socket; refused: ErrorBody | null }> => {
    const socket = io(`${url}/api/events`, {
      auth: { token: '' },
      extraHeaders: headers,
      reconnection: false,
      forceNew: true,
      transports: ['websocket']
    });
    sockets.push(socket);
    const refused = await new Promise<ErrorBody | null>(resolve => {
      socket.once('connect', () => resolve(null));
      socket.once('connect_error', error => resolve((error as unknown as { data?: ErrorBody }).data ?? ({ code: 'refused' } as never)));
    });
    return { socket, refused };
  };
  const created = async (grant: object): Promise<IssuedToken> =>
    (await admin.post<IssuedToken>('/api/tokens', { name: 'test', scopes: ['read'], ...grant })).body;

  beforeAll(async () => {
    edge = await EdgeFixture.launch({ WABUS_JWT_SECRET: SECRET, WABUS_ACCESS_TOKEN_POLL_MS: '50', WABUS_EDGE_CORS_ORIGINS: NAMED_ORIGIN });
    otherUrl = await edge.startAnother();
    admin = edge.client();
  }, 30_000);
  afterAll(async () => {
    for (const socket of sockets) socket.disconnect();
    await edge?.stop();
  }, 30_000);

  it('permits what the token permits, on every edge at once', async () => {
    const cookie = await logIn({ token: READER_TOKEN });
    for (const url of [otherUrl, edge.url]) {
      const { status, body } = await ask('GET', '/api/principal', { cookie, url });
      expect({ status, body }).toMatchObject({ status: 200, body: { sessions: '*', scopes: ['read'], expiresAt: null } });
      await expect(ask('POST', '/api/sessions', { cookie, url, body: { session: 'x' } })).resolves.toMatchObject({
        status: 403,
        body: { error: { code: 'FORBIDDEN' } }
      });
    }
    const { socket, refused } = await handshake({ cookie, origin: otherUrl }, otherUrl);
    expect([refused, socket.connected]).toEqual([null, true]);
  });

  it('is in a cookie that no script and no other site gets', async () => {
    const plain = await ask('POST', '/api/login', { body: { token: TOKEN } });
    expect(plain.cookie).toMatch(/^wabus-login=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/);
    const kept = await ask('POST', '/api/login', { body: { token: TOKEN, remember: true }, origin: edge.url.replace('http:', 'https:') });
    expect(kept.cookie).toMatch(/^__Host-wabus=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Secure; Max-Age=2592000$/);
    expect(JSON.stringify([plain.body, kept.body])).not.toContain(plain.cookie!.split(/[=;]/)[1]);
    // Only hashes are stored.
    const stored = await edge.broker.buckets.bucket(TOKENS_BUCKET).list('login.*');
    const texts = stored.map(({ value }) => Buffer.from(value).toString());
    expect(texts.length).toBeGreaterThan(1);
    for (const secret of [TOKEN, plain.cookie!.split(/[=;]/)[1]!]) expect(texts.join()).not.toContain(secret);
  });

  it.each([
    ['a foreign origin', { origin: 'https://evil.example' }],
    ['an origin that is permitted with a token', { origin: NAMED_ORIGIN }],
    ['no origin', { origin: undefined }],
    ['an opaque origin', { origin: 'null' }],
    ['another site', { 'sec-fetch-site': 'cross-site' }]
  ])('is refused with %s', async (_what, headers) => {
    const cookie = await logIn({ token: TOKEN });
    for (const [method, path, body] of [
      ['POST', '/api/sessions', { session: 'attacked' }],
      ['DELETE', '/api/login', undefined],
      ['GET', '/api/sessions', undefined]
    ] as const) {
      const refused = await ask(method, path, { cookie, body, ...headers });
      expect([method, refused.status, refused.body['error']]).toMatchObject([method, 403, { code: 'FORBIDDEN' }]);
    }
    // Another site cannot log a user in under a different login.
    await expect(ask('POST', '/api/login', { body: { token: TOKEN }, ...headers })).resolves.toMatchObject({ status: 403, cookie: null });
    await expect(statusWith(cookie)).resolves.toBe(200);
    await expect(edge.record('attacked')).resolves.toBeNull();
  });

  it('opens no WebSocket for another site', async () => {
    const cookie = await logIn({ token: TOKEN });
    const [own, foreign, named, none] = await Promise.all([
      handshake({ cookie, origin: edge.url }),
      handshake({ cookie, origin: 'https://evil.example' }),
      handshake({ cookie, origin: NAMED_ORIGIN }),
      handshake({ cookie, 'x-wabus-console': '1' })
    ]);
    expect(own.refused).toBeNull();
    for (const { refused } of [foreign, named, none]) expect(['refused', 'FORBIDDEN']).toContain(refused?.code);
  });

  it('reads for the console where browsers send no origin', async () => {
    const cookie = await logIn({ token: TOKEN });
    const statusOf = async (headers: object): Promise<number> =>
      (await ask('GET', '/api/sessions', { cookie, origin: undefined, ...headers })).status;
    await expect(statusOf({ 'x-wabus-console': '1' })).resolves.toBe(200);
    await expect(statusOf({ 'sec-fetch-site': 'same-origin' })).resolves.toBe(200);
    await expect(statusOf({ 'sec-fetch-site': 'none' })).resolves.toBe(403);
  });

  it('cannot be forged, chosen or fixed', async () => {
    const forged = `wabus-login=${'A'.repeat(43)}`;
    await expect(ask('GET', '/api/principal', { cookie: forged })).resolves.toMatchObject({
      status: 401,
      body: { error: { details: { reason: 'login' } } }
    });
    const [chosen] = [await ask('POST', '/api/login', { body: { token: TOKEN }, cookie: forged })];
    expect(chosen.cookie).not.toContain('A'.repeat(43));
    await expect(statusWith(forged)).resolves.toBe(401);
    // A new login from a browser ends its previous one.
    const before = await logIn({ token: READER_TOKEN });
    const after = await ask('POST', '/api/login', { body: { token: TOKEN }, cookie: before });
    await expect(statusWith(before)).resolves.toBe(401);
    await expect(statusWith(after.cookie!.split(';')[0]!)).resolves.toBe(200);
    // Over https, a cookie that another host can set is ignored.
    const url = edge.url.replace('http:', 'https:');
    await expect(ask('GET', '/api/principal', { cookie: before, origin: url })).resolves.toMatchObject({ status: 401 });
  });

  it('ends at logout with its open connections, on every edge', async () => {
    const cookie = await logIn({ token: TOKEN });
    const { socket } = await handshake({ cookie, origin: otherUrl }, otherUrl);
    const closed = once(socket as never, 'exception') as Promise<[ErrorBody]>;
    const { status, cookie: cleared } = await ask('DELETE', '/api/login', { cookie });
    expect([status, cleared]).toEqual([204, expect.stringContaining('Max-Age=0')]);
    expect((await closed)[0]).toMatchObject({ code: 'UNAUTHORIZED', details: { reason: 'revoked' } });
    for (const url of [edge.url, otherUrl]) await expect(statusWith(cookie, url)).resolves.toBe(401);
  });

  it('is listed with its last use, and can be revoked', async () => {
    const { id, token } = await created({ scopes: ['read'] });
    const cookies = [await logIn({ token }), await logIn({ token })];
    for (const cookie of cookies) await expect(statusWith(cookie)).resolves.toBe(200);
    const listed = async (): Promise<LoginView[]> =>
      (await admin.get<{ logins: LoginView[] }>('/api/logins')).body.logins.filter(login => login.token === id);
    const logins = await listed();
    expect(logins).toHaveLength(2);
    for (const { lastUsedAt, createdAt, expiresAt, current } of logins) {
      expect(Date.now() - Date.parse(lastUsedAt!)).toBeLessThan(120_000);
      expect(Date.parse(expiresAt) - Date.parse(createdAt)).toBeLessThanOrEqual(12 * 3_600_000);
      expect(current).toBe(false);
    }
    const own = await ask('GET', '/api/logins', { cookie: await logIn({ token: TOKEN }) });
    expect((own.body['logins'] as LoginView[]).filter(({ current }) => current)).toHaveLength(1);
    // The newest login is first.
    await expect(admin.delete(`/api/logins/${logins[0]!.id}`)).resolves.toMatchObject({ status: 200 });
    expect(await Promise.all(cookies.map(cookie => statusWith(cookie)))).toEqual([200, 401]);
    await expect(admin.delete(`/api/logins/${logins[0]!.id}`)).resolves.toMatchObject({ status: 404 });
    await expect(edge.client(READER_TOKEN).get('/api/logins')).resolves.toMatchObject({ status: 403 });
    const sales = await created({ sessions: ['sales'], scopes: ['admin'] });
    await expect(edge.client(sales.token).delete(`/api/logins/${logins[1]!.id}`)).resolves.toMatchObject({ status: 404 });
  });

  it('ends with its token', async () => {
    const { id, token } = await created({ scopes: ['read'] });
    const cookie = await logIn({ token });
    const { socket } = await handshake({ cookie, origin: edge.url });
    const closed = once(socket as never, 'exception');
    await admin.delete(`/api/tokens/${id}`);
    await closed;
    await expect(statusWith(cookie)).resolves.toBe(401);
  });

  it('ends when its token expires or its permissions change', async () => {
    const brief = await created({ expiresAt: new Date(Date.now() + 700).toISOString() });
    const { socket } = await handshake({ cookie: await logIn({ token: brief.token }), origin: edge.url });
    const line = 'a-token-whose-terms-change';
    await edge.writeTokens(line);
    const client = edge.client(line);
    await awaitCondition(
      () => client.get('/api/principal'),
      ({ status }) => status === 200
    );
    const cookie = await logIn({ token: line });
    await edge.writeTokens(`${line} scopes=read`);
    await awaitCondition(
      () => client.get<PrincipalView>('/api/principal'),
      ({ body }) => body.scopes.length === 1
    );
    await expect(statusWith(cookie)).resolves.toBe(401);
    await awaitCondition(
      () => Promise.resolve(socket.connected),
      connected => !connected
    );
  });

  it('with a JWT ends when the JWT is denied', async () => {
    const token = await new SignJWT({ sub: 'ada', wabus: { sessions: ['sales'], scopes: ['read'] } })
      .setProtectedHeader({ alg: 'HS256' })
      .setIssuedAt()
      .setExpirationTime('1h')
      .sign(Buffer.from(SECRET));
    const cookie = await logIn({ token });
    await expect(ask('GET', '/api/principal', { cookie })).resolves.toMatchObject({
      status: 200,
      body: { sessions: ['sales'], scopes: ['read'] }
    });
    const stored = await edge.broker.buckets.bucket(TOKENS_BUCKET).list('login.*');
    expect(stored.map(({ value }) => Buffer.from(value).toString()).join()).not.toMatch(/\bada\b/);
    const { socket } = await handshake({ cookie, origin: edge.url });
    const closed = once(socket as never, 'exception');
    await admin.post('/api/tokens/denied', { subject: 'ada' });
    await closed;
    await expect(statusWith(cookie)).resolves.toBe(401);
  });

  it('by code works once, on one edge', async () => {
    const { body, status } = await admin.post<LoginCode>('/api/logins/codes');
    expect([status, Date.parse(body.expiresAt) - Date.now() <= 600_000]).toEqual([201, true]);
    const tries = await Promise.all(
      [edge.url, otherUrl, otherUrl].map(url => ask('POST', '/api/login', { url, body: { code: body.code } }))
    );
    expect(tries.map(one => one.status).sort()).toEqual([200, 401, 401]);
    const cookie = tries.find(one => one.status === 200)!.cookie!.split(';')[0]!;
    const { body: holder } = await ask('GET', '/api/principal', { cookie });
    expect(holder['scopes']).toContain('admin');
    await expect(edge.client(READER_TOKEN).post('/api/logins/codes')).resolves.toMatchObject({ status: 403 });
    for (const wrong of [{}, { token: TOKEN, code: 'x' }, { code: 1 }, { token: '' }, { token: TOKEN, remember: 1 }])
      await expect(ask('POST', '/api/login', { body: wrong })).resolves.toMatchObject({ status: 400 });
    await expect(ask('POST', '/api/login', { body: { token: 'not-a-token-of-this-edge' } })).resolves.toMatchObject({
      status: 401,
      cookie: null
    });
  });

  it('is ignored in a request with a token', async () => {
    const cookie = await logIn({ token: TOKEN });
    const headers = { cookie, origin: 'https://evil.example', authorization: `Bearer ${READER_TOKEN}` };
    await expect(ask('GET', '/api/principal', headers)).resolves.toMatchObject({ status: 200, body: { scopes: ['read'] } });
  });

  it('and tokens show their last use on every edge', async () => {
    const { id, token } = await created({ scopes: ['read'] });
    const other = await edge.another();
    try {
      await awaitCondition(
        () => other.client(token).get('/api/principal'),
        ({ status }) => status === 200
      );
    } finally {
      // An edge also writes its recorded uses when it stops.
      await other.stop();
    }
    const used = await awaitCondition(
      async () => (await admin.get<{ tokens: TokenView[] }>('/api/tokens')).body.tokens.find(one => one.id === id)!,
      ({ lastUsedAt }) => lastUsedAt !== null
    );
    expect(used.lastUsedAt).toMatch(/:00\.000Z$/);
  });
});
