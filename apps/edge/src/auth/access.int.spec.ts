import { once } from 'node:events';
import { request } from 'node:http';
import { SCOPES, type ErrorBody, type IssuedToken, type TokenDenial, type TokenView } from '@wabus/contracts';
import { awaitCondition, EdgeClient, type EventClient } from '@wabus/testing';
import { SignJWT, type JWTPayload } from 'jose';
import { io, type Socket } from 'socket.io-client';
import { EventSource } from 'undici';
import { EdgeFixture, READER_TOKEN, SALES_TOKEN, TOKEN } from '../edge.fixture.js';

const SECRET = 'a-secret-of-at-least-32-characters';
const text = { jid: '4915112345678', content: { text: 'hi' } };

const jwt = (claims: JWTPayload & { sessions?: unknown; scopes?: unknown }): Promise<string> => {
  const { sessions = ['sales'], scopes = ['read', 'send', 'control'], exp = Math.floor(Date.now() / 1_000) + 600, ...rest } = claims;
  const payload = { ...rest, exp, iat: rest.iat ?? Math.floor(Date.now() / 1_000), wabus: { sessions, scopes } };
  return new SignJWT(payload).setProtectedHeader({ alg: 'HS256' }).sign(Buffer.from(SECRET));
};

describe('access to an edge', () => {
  let edge: EdgeFixture;
  let otherUrl: string;
  let admin: EdgeClient;
  const sockets: Socket[] = [];
  const clients: EdgeClient[] = [];
  const as = (token: string, url = edge.url): EdgeClient => {
    const client = new EdgeClient(url, token);
    clients.push(client);
    return client;
  };
  /** Opens a connection with this `auth` object and query. Resolves when it is admitted or refused. */
  const handshake = async (
    auth: object,
    query: Record<string, string> = {},
    url = edge.url
  ): Promise<{ socket: Socket; refused: ErrorBody | null }> => {
    const socket = io(`${url}/api/events`, { auth, query, reconnection: false, forceNew: true, transports: ['websocket'] });
    sockets.push(socket);
    const refused = await new Promise<ErrorBody | null>(resolve => {
      socket.once('connect', () => resolve(null));
      socket.once('connect_error', error => resolve((error as unknown as { data: ErrorBody }).data));
    });
    return { socket, refused };
  };
  /** Resolves when the edge has closed the connection, with the preceding error and the reason. */
  const closedWith = async (socket: Socket): Promise<ErrorBody> => {
    const [[error], [reason]] = (await Promise.all([once(socket as never, 'exception'), once(socket as never, 'disconnect')])) as [
      [ErrorBody],
      [string]
    ];
    expect(['io server disconnect', 'transport close']).toContain(reason);
    return error;
  };
  const created = async (grant: object, by = admin): Promise<IssuedToken> => {
    const answer = await by.post<IssuedToken>('/api/tokens', { name: 'test', scopes: ['read'], ...grant });
    expect(answer.status).toBe(201);
    return answer.body;
  };

  beforeAll(async () => {
    edge = await EdgeFixture.launch({ WABUS_JWT_SECRET: SECRET, WABUS_ACCESS_TOKEN_POLL_MS: '50', WABUS_EDGE_FAILURES_PER_MINUTE: '0' });
    otherUrl = await edge.startAnother({
      WABUS_EDGE_TOKEN_IN_QUERY: 'true',
      WABUS_EDGE_FAILURES_PER_MINUTE: '5',
      WABUS_SENDS_PER_SECOND: '1',
      WABUS_SENDS_BURST: '3',
      WABUS_EDGE_TRUSTED_PROXIES: '127.0.0.0/8'
    });
    admin = as(TOKEN);
    for (const session of ['sales', 'support']) await admin.post('/api/sessions', { session });
  }, 30_000);
  afterAll(async () => {
    for (const socket of sockets) socket.disconnect();
    for (const client of clients) client.close();
    await edge?.stop();
  }, 30_000);

  describe('a token restricted to one session', () => {
    const doors: [name: string, token: () => Promise<string>][] = [
      ['static', async () => SALES_TOKEN],
      ['created', async () => (await created({ sessions: ['sales'], scopes: [...SCOPES] })).token],
      ['JWT', () => jwt({ scopes: ['admin'] })]
    ];

    describe.each(doors)('(%s)', (_name, tokenOf) => {
      let sales: EdgeClient;
      beforeAll(async () => (sales = as(await tokenOf())));

      it.each([
        ['GET', '/api/sessions/support'],
        ['GET', '/api/sessions/support/status'],
        ['GET', '/api/sessions/support/qr'],
        ['GET', '/api/sessions/%73upport'],
        ['POST', '/api/sessions/support/start'],
        ['POST', '/api/sessions/support/logout'],
        ['POST', '/api/sessions/support/restore'],
        ['POST', '/api/sessions/support/pairing-code'],
        ['POST', '/api/sessions/support/messages'],
        ['POST', '/api/sessions/support/commands/sendMessage'],
        ['POST', '/api/sessions/support/commands/getSession'],
        ['DELETE', '/api/sessions/support'],
        // The query after the path is ignored.
        ['POST', '/api/sessions/support/commands/getSession?session=sales']
      ])('cannot %s %s', async (method, path) => {
        const body =
          method !== 'POST'
            ? undefined
            : path.endsWith('/messages')
              ? text
              : path.endsWith('sendMessage')
                ? { args: text }
                : path.endsWith('pairing-code')
                  ? { phoneNumber: '4915112345678' }
                  : {};
        await expect(sales.request(method, path, body)).resolves.toMatchObject({ status: 403, body: { error: { code: 'FORBIDDEN' } } });
      });

      it('reaches only its own session, whatever the body names', async () => {
        await expect(sales.get('/api/sessions/sales')).resolves.toMatchObject({ status: 200, body: { session: 'sales' } });
        for (const path of ['sales?session=support', 'support?session=sales', 'support?session=sales&session=support'])
          await expect(sales.get(`/api/sessions/${path}`)).resolves.toMatchObject({
            status: 400,
            body: { error: { code: 'INVALID_REQUEST', details: { field: 'session' } } }
          });
        await expect(sales.post('/api/sessions', { session: 'brand-new' })).resolves.toMatchObject({ status: 403 });
        await expect(sales.post('/api/sessions/sales/commands/getSession', { session: 'support' })).resolves.toMatchObject({ status: 400 });
        await expect(sales.post('/api/sessions/sales/messages', { ...text, session: 'support' })).resolves.toMatchObject({ status: 400 });
        const { body } = await sales.get<{ sessions: { session: string }[] }>('/api/sessions');
        expect(body.sessions.map(({ session }) => session)).toEqual(['sales']);
      });

      it('receives no data of another session by any request', async () => {
        const events = await sales.connectEvents();
        for (const sessions of [
          ['support'],
          ['*'],
          ['sup*'],
          ['>'],
          ['sales/call'],
          ['*/call'],
          ['sales,support'],
          [['support']],
          'support',
          { 0: 'support' }
        ])
          await expect(events.subscribe({ events: ['call'], sessions: sessions as string[] })).resolves.toMatchObject({ ok: false });
        await expect(events.subscribe({ events: ['call'], sessions: ['sales', 'support'] })).resolves.toMatchObject({
          ok: true,
          sessions: ['sales'],
          refused: [{ name: 'support', error: { code: 'FORBIDDEN' } }]
        });
        await expect(events.subscribe(['call', 'session.status'])).resolves.toMatchObject({ ok: true, sessions: ['sales'] });
        await edge.publish('support', 'call', { of: 'support' });
        await edge.publish('sales', 'call', { of: 'sales' });
        await events.awaitEvent('call');
        expect(events.arrived.map(({ payload }) => payload)).toEqual([{ of: 'sales' }]);
      });

      it('sends no command to another session over the socket', async () => {
        const events = await sales.connectEvents();
        for (const method of ['getSession', 'stopSession', 'sendMessage'])
          await expect(
            events.command({ session: 'support', method, args: method === 'sendMessage' ? text : undefined })
          ).resolves.toMatchObject({
            ok: false,
            error: { code: 'FORBIDDEN' }
          });
        for (const session of [['support'], { id: 'support' }, 'sales/../support', 'sales.support', '*', null])
          await expect(events.command({ session: session as string, method: 'getSession' })).resolves.toMatchObject({
            ok: false,
            error: { code: 'INVALID_REQUEST' }
          });
      });
    });

    it.each([
      '/api/sessions/sales/../support',
      '/api/sessions/sales/%2e%2e/support',
      '/api/sessions/sales%2F..%2Fsupport',
      '/api/sessions/sales%252F..%252Fsupport',
      '/api/sessions/%2573upport',
      '/api/sessions/sales%00support',
      '/api/sessions/sales%2Fstatus',
      '/api/sessions/sales,support',
      '/api/sessions/sales;support',
      '/api//sessions/support',
      '/api/sessions//support',
      '/api/sessions/sales%',
      '/api/sessions/*',
      '/api/sessions/%2A',
      '/API/SESSIONS/support',
      '/api/sessions/support/'
    ])('gets no data of another session by the raw path %s', async path => {
      const { status, body } = await rawGet(edge.url, path, SALES_TOKEN);
      expect([400, 403, 404]).toContain(status);
      expect(body).toContain('"ok":false');
    });
  });

  describe('scopes', () => {
    it('keep linking data from tokens that may only read', async () => {
      const reader = as(READER_TOKEN);
      await expect(reader.get('/api/sessions/sales/qr')).resolves.toMatchObject({ status: 403 });
      const events = await reader.connectEvents();
      for (const names of [['auth.qr'], ['auth.pairing-code']])
        await expect(events.subscribe(names)).resolves.toMatchObject({
          ok: false,
          error: { code: 'FORBIDDEN', details: { scope: 'control' } }
        });
      await expect(events.subscribe(['presence.update', 'auth.qr'])).resolves.toMatchObject({
        ok: true,
        granted: ['presence.update'],
        refused: [{ name: 'auth.qr', error: { code: 'FORBIDDEN' } }]
      });
      await events.unsubscribe();
      await expect(events.subscribe(['connection.update', 'call'])).resolves.toMatchObject({
        ok: true,
        granted: ['connection.update', 'call']
      });
      const controller = await as(TOKEN).connectEvents();
      await controller.subscribe(['connection.update', 'auth.qr']);
      await edge.publish('sales', 'auth.qr', { qr: '2@secret' });
      await edge.publish('sales', 'connection.update', { qr: '2@secret', connection: 'connecting' });
      await edge.publish('sales', 'call', { last: true });
      await events.awaitEvent('call');
      expect(events.arrived.map(({ name, payload }) => [name, payload])).toEqual([
        ['connection.update', { connection: 'connecting' }],
        ['call', { last: true }]
      ]);
      await controller.awaitEvent('connection.update');
      expect(controller.arrived.map(({ payload }) => payload)).toEqual([{ qr: '2@secret' }, { qr: '2@secret', connection: 'connecting' }]);
    });

    it('are required one by one', async () => {
      const sender = as((await created({ scopes: ['send'] })).token);
      await expect(sender.get('/api/sessions')).resolves.toMatchObject({ status: 403 });
      await expect(sender.get('/api/sessions/sales')).resolves.toMatchObject({ status: 403 });
      await expect((await sender.connectEvents()).subscribe(['call'])).resolves.toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } });
      await expect(sender.post('/api/sessions/sales/messages', text)).resolves.toMatchObject({
        status: 503,
        body: { error: { code: 'NO_OWNER' } }
      });
      for (const [method, path] of [
        ['GET', '/api/tokens'],
        ['POST', '/api/tokens'],
        ['DELETE', '/api/tokens/x'],
        ['GET', '/api/tokens/denied'],
        ['POST', '/api/tokens/denied'],
        ['DELETE', '/api/tokens/denied/x']
      ] as const)
        await expect(sender.request(method, path, method === 'POST' ? {} : undefined)).resolves.toMatchObject({ status: 403 });
    });
  });

  describe('created tokens', () => {
    it('work on every edge, are shown once and stored as hashes', async () => {
      const { token, ...view } = await created({ name: 'dashboard', sessions: ['sales'], scopes: ['read'] });
      expect(token).toMatch(/^wabus_[\w-]{43}$/);
      expect(view).toMatchObject({ name: 'dashboard', sessions: ['sales'], scopes: ['read'], expiresAt: null });
      await awaitCondition(
        () => as(token, otherUrl).get('/api/sessions/sales'),
        ({ status }) => status === 200
      );
      const { body } = await admin.get<{ tokens: TokenView[] }>('/api/tokens');
      expect(body.tokens).toContainEqual(view);
      expect(JSON.stringify(body)).not.toContain(token);
      expect(JSON.stringify(body)).not.toContain('hash');
    });

    it('close connections on every edge within 2 s when revoked', async () => {
      const { id, token } = await created({ scopes: ['read'] });
      await awaitCondition(
        () => as(token, otherUrl).get('/api/sessions'),
        ({ status }) => status === 200
      );
      const open = await Promise.all([handshake({ token }), handshake({ token }, {}, otherUrl)]);
      const bystander = (await handshake({ token: READER_TOKEN })).socket;
      const closed = open.map(({ socket }) => closedWith(socket));
      const before = Date.now();
      await expect(admin.delete(`/api/tokens/${id}`)).resolves.toMatchObject({ status: 200, body: { id } });
      for (const error of await Promise.all(closed)) expect(error).toMatchObject({ code: 'UNAUTHORIZED', details: { reason: 'revoked' } });
      expect(Date.now() - before).toBeLessThan(2_000);
      for (const url of [edge.url, otherUrl]) await expect(as(token, url).get('/api/sessions')).resolves.toMatchObject({ status: 401 });
      expect((await handshake({ token })).refused).toMatchObject({ code: 'UNAUTHORIZED' });
      expect(bystander.connected).toBe(true);
      await expect(admin.delete(`/api/tokens/${id}`)).resolves.toMatchObject({ status: 404 });
    }, 15_000);

    it('end when they expire, including open connections', async () => {
      const { token } = await created({ scopes: ['read'], expiresAt: new Date(Date.now() + 700).toISOString() });
      const { socket } = await handshake({ token });
      await expect(closedWith(socket)).resolves.toMatchObject({ code: 'UNAUTHORIZED', details: { reason: 'expired' } });
      await expect(as(token).get('/api/sessions')).resolves.toMatchObject({ status: 401 });
    });

    it('survive a restart of the edge', async () => {
      const { token } = await created({ scopes: ['read'] });
      const url = await edge.startAnother();
      await expect(as(token, url).get('/api/sessions')).resolves.toMatchObject({ status: 200 });
    });

    it('give an administrator of some sessions nothing beyond them', async () => {
      const sales = as((await created({ sessions: ['sales'], scopes: ['admin'] })).token);
      const other = await created({ sessions: ['support'] });
      await expect(sales.post('/api/tokens', { name: 'x', scopes: ['read'], sessions: '*' })).resolves.toMatchObject({ status: 403 });
      await expect(sales.post('/api/tokens', { name: 'x', scopes: ['read'], sessions: ['support'] })).resolves.toMatchObject({
        status: 403
      });
      await expect(sales.delete(`/api/tokens/${other.id}`)).resolves.toMatchObject({ status: 404 });
      await expect(sales.post('/api/tokens/denied', { subject: 'ada' })).resolves.toMatchObject({ status: 403 });
      const own = await created({ scopes: ['read', 'send'] }, sales);
      expect(own.sessions).toEqual(['sales']);
      const { body } = await sales.get<{ tokens: TokenView[] }>('/api/tokens');
      expect(body.tokens.every(({ sessions }) => sessions.length === 1 && sessions[0] === 'sales')).toBe(true);
      await expect(as(own.token).get('/api/sessions/support')).resolves.toMatchObject({ status: 403 });
    });
  });

  it('follows the token file; a broken file changes nothing', async () => {
    const token = 'a-token-that-comes-and-goes';
    await edge.writeTokens(`${token} sessions=sales`);
    await awaitCondition(
      () => as(token).get('/api/sessions/sales'),
      ({ status }) => status === 200
    );
    const { socket } = await handshake({ token });
    const closed = closedWith(socket);
    await edge.writeTokens('short');
    await edge.writeTokens();
    await expect(closed).resolves.toMatchObject({ details: { reason: 'revoked' } });
    await expect(as(token).get('/api/sessions/sales')).resolves.toMatchObject({ status: 401 });
    await expect(as(SALES_TOKEN).get('/api/sessions/sales')).resolves.toMatchObject({ status: 200 });
  });

  describe('JWTs', () => {
    it('open the SDK handshake, restricted to the named session', async () => {
      const token = await jwt({ sessions: ['sales', 'shop'] });
      const { socket, refused } = await handshake({ type: 'jwt', token, identifier: 'sales' });
      expect(refused).toBeNull();
      const ask = (event: string, message: unknown): Promise<unknown> =>
        socket.timeout(5_000).emitWithAck(event, message) as Promise<unknown>;
      await expect(ask('subscribe', ['call'])).resolves.toMatchObject({ ok: true, sessions: ['sales'] });
      await expect(ask('subscribe', { events: ['call'], sessions: ['shop'] })).resolves.toMatchObject({
        ok: false,
        error: { code: 'FORBIDDEN' }
      });
      await expect(ask('command', { session: 'shop', method: 'getSession' })).resolves.toMatchObject({
        ok: false,
        error: { code: 'FORBIDDEN' }
      });
      await expect(ask('command', { session: 'sales', method: 'getSession' })).resolves.toMatchObject({ ok: true });
    });

    it.each([
      ['support', 'FORBIDDEN'],
      ['sales/../support', 'INVALID_REQUEST'],
      [['sales'], 'INVALID_REQUEST'],
      ['*', 'INVALID_REQUEST']
    ])('cannot be restricted to %j', async (identifier, code) => {
      expect((await handshake({ type: 'jwt', token: await jwt({}), identifier })).refused).toMatchObject({ code });
    });

    it('are refused as static tokens, and static tokens as JWTs', async () => {
      const ofType = (message: RegExp) => ({
        code: 'UNAUTHORIZED',
        message: expect.stringMatching(message) as string,
        details: { reason: 'type' }
      });
      expect((await handshake({ type: 'static', token: await jwt({}) })).refused).toMatchObject(ofType(/is a JWT: .*"jwt"/));
      expect((await handshake({ type: 'jwt', token: TOKEN })).refused).toMatchObject(ofType(/is not a JWT: leave `type` out/));
    });

    it('are refused when expired, and their connections closed', async () => {
      // Clocks are tolerated to differ by 5 s, so this expired token is valid for another 2 to 3 s.
      const exp = Math.floor(Date.now() / 1_000) - 2;
      const token = await jwt({ exp });
      const { socket, refused } = await handshake({ token });
      expect(refused).toBeNull();
      await expect(closedWith(socket)).resolves.toMatchObject({ details: { reason: 'expired' } });
      await expect(as(token).get('/api/sessions')).resolves.toMatchObject({
        status: 401,
        body: { error: { details: { reason: 'expired' } } }
      });
    });

    it('are revoked by id or subject on every edge, and permitted', async () => {
      const [one, two] = await Promise.all([jwt({ jti: 'one', sub: 'ada' }), jwt({ jti: 'two', sub: 'ada' })]);
      const [first, second] = await Promise.all([handshake({ token: one }, {}, otherUrl), handshake({ token: two }, {}, otherUrl)]);
      const firstClosed = closedWith(first.socket);
      const { body } = await admin.post<TokenDenial>('/api/tokens/denied', { jti: 'one' });
      await expect(firstClosed).resolves.toMatchObject({ details: { reason: 'revoked' } });
      expect(second.socket.connected).toBe(true);
      await expect(as(one).get('/api/sessions')).resolves.toMatchObject({ status: 401 });
      const secondClosed = closedWith(second.socket);
      const { body: ofSubject } = await admin.post<TokenDenial>('/api/tokens/denied', { subject: 'ada' });
      await secondClosed;
      // The issuer's clock is ahead by less than the tolerance.
      const ahead = await jwt({ sub: 'ada', iat: Math.floor(Date.now() / 1_000) + 2 });
      await expect(as(ahead).get('/api/sessions')).resolves.toMatchObject({ status: 401 });
      await admin.delete(`/api/tokens/denied/${ofSubject.id}`);
      await expect(as(ahead).get('/api/sessions')).resolves.toMatchObject({ status: 200 });
      await expect(admin.delete(`/api/tokens/denied/${body.id}`)).resolves.toMatchObject({ status: 200 });
      for (const bad of [{}, { jti: '' }, { jti: 'a', subject: 'b' }, { jti: 1 }, { sub: 'a' }, []])
        await expect(admin.post('/api/tokens/denied', bad)).resolves.toMatchObject({ status: 400 });
    });
  });

  it.each([
    ['exp', { exp: 1e300 }],
    ['exp', { exp: 8.64e12 }],
    ['iat', { iat: -1e300 }],
    ['nbf', { nbf: -1e300 }],
    ['iat', { iat: Math.floor(Date.now() / 1_000) + 120 }],
    ['jti', { jti: 17 }],
    ['jti', { jti: null }],
    ['jti', { jti: { a: 1 } }],
    ['jti', { jti: '' }],
    ['jti', { jti: 'x'.repeat(513) }],
    ['sub', { sub: 17 }]
  ])('refuses a JWT with an %s like %j on every route', async (_claim, claims) => {
    const client = as(await jwt({ scopes: ['admin'], sessions: '*', ...(claims as object) }));
    for (const path of ['/api/principal', '/api/sessions']) {
      await expect(client.get(path)).resolves.toMatchObject({ status: 401, body: { error: { code: 'UNAUTHORIZED' } } });
    }
    await expect(client.post('/api/tokens', { name: 'x', scopes: ['read'] })).resolves.toMatchObject({ status: 401 });
  });

  it('answers a JWT that expires in the last year of dates', async () => {
    const client = as(await jwt({ scopes: ['admin'], sessions: '*', exp: 8.6e12, jti: '17' }));
    await expect(client.get('/api/principal')).resolves.toMatchObject({ status: 200 });
    await expect(client.post('/api/tokens', { name: 'x', scopes: ['read'] })).resolves.toMatchObject({ status: 201 });
    await admin.post('/api/tokens/denied', { jti: '17' });
    await expect(client.get('/api/principal')).resolves.toMatchObject({ status: 401 });
  });

  describe('a token in the query string', () => {
    it.each(['access_token', 'token', 'apikey'])('as %s is refused, over HTTP and at the handshake', async name => {
      const response = await fetch(`${edge.url}/api/sessions?${name}=${TOKEN}`);
      expect(response.status).toBe(401);
      expect((await handshake({}, { [name]: TOKEN })).refused).toMatchObject({ code: 'UNAUTHORIZED' });
      expect((await handshake({ token: TOKEN }, { [name]: TOKEN })).refused).toMatchObject({ code: 'UNAUTHORIZED' });
    });

    it('is accepted where the edge permits it, in one parameter', async () => {
      const statusOf = async (query: string): Promise<number> => (await fetch(`${otherUrl}/api/sessions?${query}`)).status;
      await expect(statusOf(`access_token=${TOKEN}`)).resolves.toBe(200);
      await expect(statusOf(`access_token=${TOKEN}&access_token=${TOKEN}`)).resolves.toBe(401);
      await expect(statusOf(`token=${TOKEN}`)).resolves.toBe(401);
      expect((await handshake({}, { access_token: TOKEN }, otherUrl)).refused).toBeNull();
    });

    it.each([
      '/api/events',
      '/api/sessions/sales/events?limit=1',
      '/api/subscriptions',
      '/api/sessions/sales/store/chats?limit=1',
      '/api/sessions/sales/webhooks',
      '/api/principal',
      '/api/tokens',
      '/metrics'
    ])('is accepted at %s', async path => {
      const response = await fetch(`${otherUrl}${path}${path.includes('?') ? '&' : '?'}access_token=${TOKEN}`);
      expect([response.status, response.status === 200 ? '' : await response.text()]).toEqual([200, '']);
      await response.body?.cancel();
    });

    it('is a parameter only where the edge permits it, once', async () => {
      const response = await fetch(`${otherUrl}/api/events?access_token=${TOKEN}&token=x`);
      expect(response.status).toBe(401);
    });

    it.each(['/api/events', '/api/sessions/sales/events'])('opens %s for EventSource', async path => {
      const source = new EventSource(`${otherUrl}${path}?events=call&access_token=${TOKEN}`);
      try {
        await once(source as never, 'open');
        const received = once(source as never, 'call') as Promise<[MessageEvent<string>]>;
        await edge.publish('sales', 'call', 'ring');
        expect(JSON.parse((await received)[0].data)).toMatchObject({ session: 'sales', data: 'ring' });
      } finally {
        source.close();
      }
    });
  });

  it('refuses oversized and malformed headers without harm', async () => {
    for (const header of [
      `Bearer ${'x'.repeat(9_000)}`,
      'Bearer',
      'Bearer \t',
      'Basic YTpi',
      `Bearer ${TOKEN}, Bearer ${TOKEN}`,
      `bearer${TOKEN}`
    ]) {
      const response = await fetch(`${edge.url}/api/sessions`, { headers: { authorization: header } });
      expect(response.status).toBe(401);
      expect(response.headers.get('www-authenticate')).toBe('Bearer');
    }
    await expect(admin.get('/api/sessions')).resolves.toMatchObject({ status: 200 });
  });

  describe('rate limits', () => {
    it('limit sending to one session across tokens and APIs', async () => {
      await edge.own('sales', async () => JSON.stringify({ ok: true, data: {} }));
      const [one, two] = [as(TOKEN, otherUrl), as(SALES_TOKEN, otherUrl)];
      const events: EventClient = await two.connectEvents();
      await expect(one.post('/api/sessions/sales/messages', text)).resolves.toMatchObject({ status: 200 });
      await expect(two.post('/api/sessions/sales/commands/sendMessage', { args: text })).resolves.toMatchObject({ status: 200 });
      await expect(events.command({ session: 'sales', method: 'sendMessage', args: text })).resolves.toMatchObject({ ok: true });
      const refused = await one.post<{ error: ErrorBody }>('/api/sessions/sales/messages', text);
      expect(refused).toMatchObject({
        status: 429,
        body: { error: { code: 'RATE_LIMITED', retryable: true, certain: true, details: { limit: 'session' } } }
      });
      expect(refused.body.error.details!['retryAfterMs']).toBeLessThanOrEqual(1_000);
      expect(refused.headers.get('retry-after')).toBe('1');
      await expect(events.command({ session: 'sales', method: 'sendMessage', args: text })).resolves.toMatchObject({
        ok: false,
        error: { code: 'RATE_LIMITED' }
      });
      await expect(one.get('/api/sessions/sales')).resolves.toMatchObject({ status: 200 });
      await expect(one.post('/api/sessions/support/messages', text)).resolves.toMatchObject({ status: 503 });
      await awaitCondition(
        () => one.post('/api/sessions/sales/messages', text),
        ({ status }) => status === 200
      );
    });

    it('limit commands of one token, but not state queries', async () => {
      const url = await edge.startAnother({ WABUS_COMMANDS_PER_SECOND: '1', WABUS_COMMANDS_BURST: '2' });
      const [one, two] = [as(TOKEN, url), as(SALES_TOKEN, url)];
      for (const status of [200, 200, 429]) await expect(one.post('/api/sessions/sales/start')).resolves.toMatchObject({ status });
      for (let i = 0; i < 5; i++) await expect(one.get('/api/sessions/sales')).resolves.toMatchObject({ status: 200 });
      await expect(two.post('/api/sessions/sales/start')).resolves.toMatchObject({ status: 200 });
    });

    it('refuse guesses, while valid tokens continue to work', async () => {
      const guesses = await Promise.all(
        Array.from({ length: 8 }, (_, i) => as(`a-wrong-token-number-${i}`, otherUrl).get('/api/sessions'))
      );
      expect(guesses.map(({ status }) => status)).toContain(429);
      expect(guesses.every(({ status }) => status === 429 || status === 401)).toBe(true);
      expect((await handshake({ token: 'a-wrong-token-once-more' }, {}, otherUrl)).refused).toMatchObject({ code: 'RATE_LIMITED' });
      await expect(as(await jwt({}), otherUrl).get('/api/sessions')).resolves.toMatchObject({ status: 429 });
      await expect(as(TOKEN, otherUrl).get('/api/sessions')).resolves.toMatchObject({ status: 200 });
    });

    it('block no other client for guesses behind a trusted proxy', async () => {
      const guess = async (forwarded: string, url = otherUrl): Promise<number> => {
        const headers = { authorization: 'Bearer a-wrong-token-behind-a-proxy', 'x-forwarded-for': forwarded };
        return (await fetch(`${url}/api/sessions`, { headers })).status;
      };
      const guesses: number[] = [];
      for (let i = 0; i < 8; i++) guesses.push(await guess(`203.0.113.${i}, 198.51.100.1`));
      expect(guesses).toEqual([401, 401, 401, 401, 401, 429, 429, 429]);
      expect(await guess('198.51.100.2')).toBe(401);
      const socket = io(`${otherUrl}/api/events`, {
        auth: { token: 'a-wrong-token-behind-a-proxy' },
        extraHeaders: { 'x-forwarded-for': '198.51.100.1' },
        reconnection: false,
        forceNew: true,
        transports: ['websocket']
      });
      sockets.push(socket);
      const [refused] = (await once(socket as never, 'connect_error')) as [{ data: ErrorBody }];
      expect(refused.data).toMatchObject({ code: 'RATE_LIMITED' });
    });
  });
});

/** Sends a request whose path is not normalized on the way. */
async function rawGet(url: string, path: string, token: string): Promise<{ status: number; body: string }> {
  const { hostname, port } = new URL(url);
  const sent = request({ hostname, port, path, headers: { authorization: `Bearer ${token}` } });
  sent.end();
  const [response] = (await once(sent, 'response')) as [import('node:http').IncomingMessage];
  let body = '';
  for await (const part of response) body += String(part);
  return { status: response.statusCode ?? 0, body };
}
