import { COMMAND_CATALOG, type ErrorBody, type HealthHistory, type SessionView } from '@wabus/contracts';
import type { EdgeAnswer, EdgeClient } from '@wabus/testing';
import { VERSION } from '@wabus/runtime';
import { awaitCondition } from '@wabus/testing';
import { EdgeFixture, READER_TOKEN, SALES_TOKEN, TOKEN } from '../edge.fixture.js';

interface Failure {
  ok: false;
  error: ErrorBody;
}
const failed = (status: number, code: string): object => ({
  status,
  body: { ok: false, error: expect.objectContaining({ code }) as object }
});
const text = { jid: '4915112345678', content: { text: 'hi' } };

describe('sessions over HTTP', () => {
  let edge: EdgeFixture;
  let client: EdgeClient;
  let count = 0;
  /** Creates a session for one test. */
  const created = async (): Promise<string> => {
    const session = `session-${++count}`;
    await expect(client.post('/api/sessions', { session })).resolves.toMatchObject({ status: 201 });
    return session;
  };
  beforeAll(async () => {
    edge = await EdgeFixture.launch({ WABUS_EDGE_MAX_PAYLOAD_BYTES: '100000' });
    client = edge.client();
  }, 30_000);
  afterAll(() => edge.stop(), 30_000);

  describe('life of a session', () => {
    it('creates a session that is requested to run, once', async () => {
      const answer = await client.post<SessionView>('/api/sessions', { session: 'first' });
      expect(answer.status).toBe(201);
      expect(answer.body).toMatchObject({ session: 'first', desired: 'running', status: { state: 'starting', connector: null } });
      await expect(edge.record('first')).resolves.toMatchObject({ desired: 'running', generation: 1 });
      await expect(client.post('/api/sessions', { session: 'first' })).resolves.toMatchObject(failed(409, 'SESSION_EXISTS'));
    });

    it.each([
      ['stop', { desired: 'stopped', generation: 1 }],
      ['restart', { desired: 'running', generation: 2 }],
      ['logout', { desired: 'logged-out', generation: 1 }],
      ['start', { desired: 'running', generation: 1 }]
    ])('%s edits the desired state', async (action, wanted) => {
      const session = await created();
      const answer = await client.post<SessionView>(`/api/sessions/${session}/${action}`);
      expect(answer).toMatchObject({ status: 200, body: { session, desired: wanted.desired } });
      await expect(edge.record(session)).resolves.toMatchObject(wanted);
    });

    it('deletes a session, shown as being deleted until removed', async () => {
      const session = await created();
      await expect(client.delete(`/api/sessions/${session}`)).resolves.toMatchObject({ status: 200, body: { desired: 'deleted' } });
      await expect(client.delete(`/api/sessions/${session}`)).resolves.toMatchObject({ status: 200, body: { desired: 'deleted' } });
      await expect(client.get(`/api/sessions/${session}`)).resolves.toMatchObject({ status: 200, body: { desired: 'deleted' } });
      await expect(client.post(`/api/sessions/${session}/start`)).resolves.toMatchObject(failed(404, 'UNKNOWN_SESSION'));
      await expect(client.post(`/api/sessions/${session}/messages`, text)).resolves.toMatchObject(failed(404, 'UNKNOWN_SESSION'));
      await expect(client.post('/api/sessions', { session })).resolves.toMatchObject(failed(409, 'SESSION_EXISTS'));
      await edge.remove(session);
      await awaitCondition(
        () => client.get(`/api/sessions/${session}`),
        ({ status }) => status === 404
      );
      await expect(client.delete(`/api/sessions/${session}`)).resolves.toMatchObject(failed(404, 'UNKNOWN_SESSION'));
      await expect(client.post('/api/sessions', { session })).resolves.toMatchObject({ status: 201 });
    });

    it('shows a polling program whether it may continue', async () => {
      const client = edge.client();
      await client.post('/api/sessions', { session: 'polled' });
      await client.post('/api/sessions/polled/stop');
      await expect(client.post('/api/sessions/polled/messages', { jid: '4915112345678', content: { text: 'x' } })).resolves.toMatchObject({
        status: 503,
        body: { error: { code: 'NO_OWNER', retryable: false, message: expect.stringContaining('Start it first') as string } }
      });
      await client.delete('/api/sessions/polled');
      await expect(client.post('/api/sessions', { session: 'polled' })).resolves.toMatchObject({
        status: 409,
        body: { error: { code: 'SESSION_EXISTS', retryable: true, message: expect.stringContaining('No connector') as string } }
      });
      await edge.remove('polled');
      await awaitCondition(
        () => client.post('/api/sessions', { session: 'polled' }),
        ({ status }) => status === 201
      );
      await expect(client.post('/api/sessions', { session: 'polled' })).resolves.toMatchObject({
        status: 409,
        body: { error: { retryable: false } }
      });
    });

    it('shows what the owner reports, without linking codes', async () => {
      const session = await created();
      await edge.report(session, { state: 'pairing', pairingCode: { code: 'ABCD1234', issuedAt: new Date().toISOString() } });
      const { body } = await awaitCondition(
        () => client.get<{ state: string }>(`/api/sessions/${session}/status`),
        ({ body: status }) => status.state === 'pairing'
      );
      expect(body).toMatchObject({ session, connector: 'test', epoch: 1 });
      expect(JSON.stringify(body)).not.toContain('ABCD1234');
      await expect(client.get(`/api/sessions/${session}`)).resolves.toMatchObject({ body: { status: { state: 'pairing' } } });
    });

    it('lists the sessions, including those of another edge', async () => {
      const session = await created();
      await edge.stopEdge();
      await edge.startEdge();
      const { body } = await client.get<{ sessions: SessionView[] }>('/api/sessions');
      expect(body.sessions.map(view => view.session)).toContain(session);
    });

    it('starts a session again after a logout by WhatsApp', async () => {
      const session = await created();
      await edge.report(session, { state: 'logged-out' });
      await awaitCondition(
        () => client.get<{ state: string }>(`/api/sessions/${session}/status`),
        ({ body }) => body.state === 'logged-out'
      );
      await client.post(`/api/sessions/${session}/start`);
      await expect(edge.record(session)).resolves.toMatchObject({ desired: 'running', generation: 2 });
    });

    it('loses none of many simultaneous edits', async () => {
      const session = await created();
      await Promise.all(Array.from({ length: 10 }, () => client.post(`/api/sessions/${session}/restart`)));
      await expect(edge.record(session)).resolves.toMatchObject({ generation: 11 });
    });

    it('runs every catalog command that the registry serves', async () => {
      for (const [method, row] of Object.entries(COMMAND_CATALOG).filter(([, { target }]) => target === 'registry')) {
        const answer = await client.post<Failure>(`/api/sessions/by-name/commands/${method}`, {});
        expect([method, row.target, answer.body.ok ? 'ok' : answer.body.error.code]).toEqual([
          method,
          'registry',
          expect.stringMatching(/^(ok|QR_NOT_AVAILABLE|UNKNOWN_SESSION)$/) as string
        ]);
      }
    });
  });

  describe('commands to the owner', () => {
    it('sends a message with valid arguments and returns the reply', async () => {
      const session = await created();
      const sent = { key: { id: 'ABCDEF12', remoteJid: '4915112345678@s.whatsapp.net', fromMe: true }, messageTimestamp: 1 };
      const seen: { method: string; body: unknown; idempotencyKey: string | null }[] = [];
      await edge.own(session, async ({ method, body, idempotencyKey }) => {
        seen.push({ method, body: JSON.parse(body), idempotencyKey });
        return JSON.stringify({ ok: true, data: sent });
      });
      await expect(client.post(`/api/sessions/${session}/messages`, text)).resolves.toMatchObject({ status: 200, body: sent });
      const generic = await fetch(`${edge.url}/api/sessions/${session}/commands/sendMessage`, {
        method: 'POST',
        headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json', 'idempotency-key': 'order-17' },
        body: JSON.stringify({ args: ['4915112345678', { text: 'hi' }] })
      });
      await expect(generic.json()).resolves.toEqual({ ok: true, data: sent });
      const socket = await client.connectEvents();
      await expect(socket.command({ session, method: 'sendMessage', args: text })).resolves.toEqual({ ok: true, data: sent });
      const body = { args: { jid: '4915112345678@s.whatsapp.net', content: { text: 'hi' } } };
      expect(seen).toEqual([null, 'order-17', null].map(idempotencyKey => ({ method: 'sendMessage', body, idempotencyKey })));
    });

    it('returns five errors for five causes, alike over both APIs', async () => {
      const owned = await created();
      const unowned = await created();
      await edge.own(owned, () => new Promise(() => undefined));
      const socket = await client.connectEvents();
      const cases: [session: string, method: string, args: unknown, status: number, code: string][] = [
        [owned, 'sendMesage', text, 404, 'UNKNOWN_COMMAND'],
        [owned, 'sendMessage', { jid: 'nobody', content: {} }, 400, 'INVALID_ARGUMENTS'],
        ['never-created', 'sendMessage', text, 404, 'UNKNOWN_SESSION'],
        [unowned, 'sendMessage', text, 503, 'NO_OWNER'],
        [owned, 'sendMessage', text, 504, 'TIMEOUT']
      ];
      for (const [session, method, args, status, code] of cases) {
        await expect(client.post(`/api/sessions/${session}/commands/${method}`, { args, deadlineMs: 300 })).resolves.toMatchObject(
          failed(status, code)
        );
        await expect(socket.command({ session, method, args, deadlineMs: 300 })).resolves.toMatchObject({ ok: false, error: { code } });
      }
    });

    it('names each wrong argument', async () => {
      const session = await created();
      const { body } = await client.post<Failure>(`/api/sessions/${session}/messages`, { jid: 'nobody', content: { text: '' }, extra: 1 });
      expect(Object.keys((body.error.details as { fields: object }).fields).sort()).toEqual(['content.text', 'extra', 'jid']);
    });

    it('passes on the error of the owner', async () => {
      const session = await created();
      await edge.own(session, async () =>
        JSON.stringify({ ok: false, error: { code: 'NOT_CONNECTED', message: 'just now', retryable: true, certain: true } })
      );
      const answer = await client.post<Failure>(`/api/sessions/${session}/messages`, text);
      expect(answer).toMatchObject(failed(503, 'NOT_CONNECTED'));
      expect(answer.body.error.message).toBe('just now');
      expect(answer.headers.get('retry-after')).toBe('1');
    });

    it('requests a pairing code from the owner', async () => {
      const session = await created();
      await edge.own(session, async ({ method, body }) => JSON.stringify({ ok: true, data: { method, body } }));
      await expect(client.post(`/api/sessions/${session}/pairing-code`, { phoneNumber: '+49 151 1' })).resolves.toMatchObject({
        status: 200,
        body: { method: 'requestPairingCode', body: '{"args":{"phoneNumber":"+49 151 1"}}' }
      });
      await expect(client.post(`/api/sessions/${session}/pairing-code`, {})).resolves.toMatchObject(failed(400, 'INVALID_ARGUMENTS'));
    });

    it('restores credentials only with the scope control', async () => {
      const session = await created();
      await edge.own(session, async ({ method }) => JSON.stringify({ ok: true, data: { method } }));
      await expect(client.post(`/api/sessions/${session}/restore`, {})).resolves.toMatchObject({
        status: 200,
        body: { method: 'restoreSession' }
      });
      await expect(edge.client(READER_TOKEN).post(`/api/sessions/${session}/restore`, {})).resolves.toMatchObject(failed(403, 'FORBIDDEN'));
    });
  });

  describe('QR codes', () => {
    const showQr = async (expiresInMs: number): Promise<string> => {
      const session = await created();
      const now = Date.now();
      const qr = {
        text: '2@qr-text,of,some,length==',
        attempt: 2,
        issuedAt: new Date(now).toISOString(),
        expiresAt: new Date(now + expiresInMs).toISOString()
      };
      await edge.report(session, { state: 'pairing', qr });
      await awaitCondition(
        () => client.get<{ state: string }>(`/api/sessions/${session}/status`),
        ({ body }) => body.state === 'pairing'
      );
      return session;
    };
    const fetchQr = (session: string, format: string): Promise<Response> =>
      fetch(`${edge.url}/api/sessions/${session}/qr?format=${format}`, { headers: { authorization: `Bearer ${TOKEN}` } });

    it.each([
      ['raw', 'text/plain', (body: Buffer) => expect(body.toString()).toBe('2@qr-text,of,some,length==')],
      ['svg', 'image/svg+xml', (body: Buffer) => expect(body.toString()).toMatch(/^<svg [^>]*>.*<path .*<\/svg>\s*$/s)],
      ['png', 'image/png', (body: Buffer) => expect(body.subarray(0, 8).toString('hex')).toBe('89504e470d0a1a0a')],
      ['terminal', 'text/plain', (body: Buffer) => expect(body.toString()).toMatch(/[▄▀█]/)]
    ])('are sent as %s', async (format, type, check) => {
      const response = await fetchQr(await showQr(20_000), format);
      expect(response.status).toBe(200);
      expect(response.headers.get('content-type')).toContain(type);
      expect(response.headers.get('cache-control')).toBe('no-store');
      const ttlMs = Number(response.headers.get('wabus-qr-ttl-ms'));
      expect(ttlMs).toBeGreaterThan(0);
      expect(ttlMs).toBeLessThanOrEqual(20_000);
      check(Buffer.from(await response.arrayBuffer()));
    });

    it('are returned by a command with format, time and attempt', async () => {
      const session = await showQr(20_000);
      const socket = await client.connectEvents();
      await expect(socket.command({ session, method: 'getQr', args: { format: 'png' } })).resolves.toMatchObject({
        ok: true,
        data: { format: 'png', attempt: 2, qr: expect.stringMatching(/^data:image\/png;base64,iVBOR/) as string }
      });
    });

    it('are hidden once expired, missing or linked', async () => {
      const expired = await showQr(1);
      const none = await created();
      const linked = await created();
      await edge.report(linked, { state: 'open', account: { id: '49151@s.whatsapp.net', lid: null, name: null, platform: null } });
      await expect(client.get(`/api/sessions/${expired}/qr`)).resolves.toMatchObject(failed(404, 'QR_NOT_AVAILABLE'));
      await expect(client.get(`/api/sessions/${none}/qr`)).resolves.toMatchObject(failed(404, 'QR_NOT_AVAILABLE'));
      await awaitCondition(
        () => client.get(`/api/sessions/${linked}/qr`),
        ({ status }) => status === 409
      );
      await expect(client.get(`/api/sessions/${linked}/qr`)).resolves.toMatchObject(failed(409, 'ALREADY_PAIRED'));
    });

    it.each(['gif', '', 'svg&format=png', '__proto__'])('are refused in the format "%s"', async format => {
      const session = await showQr(20_000);
      await expect(client.get(`/api/sessions/${session}/qr?format=${format}`)).resolves.toMatchObject(failed(400, 'INVALID_ARGUMENTS'));
    });
  });

  describe('permissions', () => {
    const paths: [method: string, path: string][] = [
      ['GET', ''],
      ['POST', ''],
      ['GET', '/sales'],
      ['GET', '/sales/status'],
      ['GET', '/sales/qr'],
      ['DELETE', '/sales'],
      ...['start', 'stop', 'restart', 'logout', 'restore', 'pairing-code', 'messages', 'commands/getSession'].map(
        (path): [string, string] => ['POST', `/sales/${path}`]
      )
    ];

    it.each(paths)('%s /api/sessions%s requires a token, not in the query string', async (method, path) => {
      const body = method === 'POST' ? '{}' : undefined;
      const headers = { 'content-type': 'application/json' };
      const url = `${edge.url}/api/sessions${path}`;
      for (const [address, authorization] of [
        [url, undefined],
        [url, 'Bearer not-a-token-of-this-edge'],
        [url, `Basic ${TOKEN}`],
        [`${url}?token=${TOKEN}`, `Bearer ${TOKEN}`]
      ] as const) {
        const response = await fetch(address, { method, body, headers: { ...headers, ...(authorization ? { authorization } : {}) } });
        expect(response.status).toBe(401);
        expect(response.headers.get('www-authenticate')).toBe('Bearer');
        await expect(response.json()).resolves.toMatchObject({ ok: false, error: { code: 'UNAUTHORIZED' } });
      }
    });

    it('keeps a token of one session away from every other', async () => {
      const sales = edge.client(SALES_TOKEN);
      const other = await created();
      await expect(sales.post('/api/sessions', { session: 'sales' })).resolves.toMatchObject({ status: 201 });
      const { body } = await sales.get<{ sessions: SessionView[] }>('/api/sessions');
      expect(body.sessions.map(({ session }) => session)).toEqual(['sales']);
      const answers: EdgeAnswer[] = [
        await sales.get(`/api/sessions/${other}`),
        await sales.get(`/api/sessions/${other}/status`),
        await sales.get(`/api/sessions/${other}/qr`),
        await sales.delete(`/api/sessions/${other}`),
        await sales.post('/api/sessions', { session: 'another' }),
        await sales.post(`/api/sessions/${other}/stop`),
        await sales.post(`/api/sessions/${other}/messages`, text),
        await sales.post(`/api/sessions/${other}/commands/getSession`, {}),
        await sales.get('/api/sessions/never-created')
      ];
      for (const answer of answers) expect(answer).toMatchObject(failed(403, 'FORBIDDEN'));
      const socket = await sales.connectEvents();
      await expect(socket.command({ session: other, method: 'getSession' })).resolves.toMatchObject({
        ok: false,
        error: { code: 'FORBIDDEN' }
      });
      await expect(edge.record(other)).resolves.toMatchObject({ desired: 'running' });
    });

    it('permits the scope read to view, not to change or send', async () => {
      const reader = edge.client(READER_TOKEN);
      const session = await created();
      await expect(reader.get(`/api/sessions/${session}`)).resolves.toMatchObject({ status: 200 });
      await expect(reader.post(`/api/sessions/${session}/stop`)).resolves.toMatchObject(failed(403, 'FORBIDDEN'));
      await expect(reader.post(`/api/sessions/${session}/messages`, text)).resolves.toMatchObject(failed(403, 'FORBIDDEN'));
      await expect(reader.get(`/api/sessions/${session}/qr`)).resolves.toMatchObject(failed(403, 'FORBIDDEN'));
    });
  });

  describe('given bad input', () => {
    it.each([
      'a%2Fb',
      'sales%2F..%2Fother',
      '%2e%2e%2fother',
      'a%00',
      'a%20b',
      'sales,other',
      '%E0%A4%A',
      'x'.repeat(65),
      'sales%252Fother',
      '*',
      'a.b'
    ])('refuses the id %s', async id => {
      for (const answer of [await client.get<Failure>(`/api/sessions/${id}`), await client.post<Failure>(`/api/sessions/${id}/stop`)]) {
        expect(answer).toMatchObject(failed(400, 'INVALID_REQUEST'));
      }
    });

    it.each([
      undefined,
      [],
      'text',
      1,
      {},
      { session: ['a'] },
      { session: ['a', 'b'] },
      { session: 'a/b' },
      { session: '' },
      { session: { $ne: 1 } }
    ])('creates no session from the body %j', async body => {
      await expect(client.post('/api/sessions', body)).resolves.toMatchObject(failed(400, 'INVALID_REQUEST'));
    });

    it.each([
      [{ args: text, deadlineMs: 0 }, 'INVALID_REQUEST'],
      [{ args: text, deadlineMs: '5' }, 'INVALID_REQUEST'],
      [{ args: text, extra: 1 }, 'INVALID_REQUEST'],
      [[text], 'INVALID_REQUEST'],
      [{ args: 'text' }, 'INVALID_ARGUMENTS'],
      [undefined, 'INVALID_ARGUMENTS']
    ])('refuses the command body %j', async (body, code) => {
      const session = await created();
      await expect(client.post(`/api/sessions/${session}/commands/sendMessage`, body)).resolves.toMatchObject(failed(400, code));
    });

    const send = (body: BodyInit, headers: Record<string, string> = {}): Promise<Response> =>
      fetch(`${edge.url}/api/sessions`, {
        method: 'POST',
        body,
        headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json', ...headers }
      });

    const unreadable: [what: string, body: string, headers: Record<string, string>, refusal: [status: number, code: string]][] = [
      ['broken JSON', '{"session":', {}, [400, 'INVALID_REQUEST']],
      ['a JSON text that is no object', '"first"', {}, [400, 'INVALID_REQUEST']],
      ['another content type', 'session=x', { 'content-type': 'application/x-www-form-urlencoded' }, [400, 'INVALID_REQUEST']],
      ['an unknown character set', '{}', { 'content-type': 'application/json; charset=nope' }, [400, 'INVALID_REQUEST']],
      ['an unknown compression', '{}', { 'content-encoding': 'nope' }, [400, 'INVALID_REQUEST']],
      ['a lie about compression', '{}', { 'content-encoding': 'gzip' }, [400, 'INVALID_REQUEST']],
      ['an oversize body', JSON.stringify({ session: 'x'.repeat(200_000) }), {}, [413, 'PAYLOAD_TOO_LARGE']]
    ];

    it.each(unreadable)('answers %s with an error in the documented form', async (_what, body, headers, [status, code]) => {
      const response = await send(body, headers);
      expect(response.status).toBe(status);
      await expect(response.json()).resolves.toMatchObject({ ok: false, error: { code } });
    });

    it.each([
      ['none', undefined, 'Content-Type is missing'],
      ['the default of curl -d', 'application/x-www-form-urlencoded', 'its Content-Type is "application/x-www-form-urlencoded"'],
      ['a text', 'text/plain', 'its Content-Type is "text/plain"']
    ])('names the remedy for a body with the Content-Type %s', async (_what, type, reason) => {
      const session = await created();
      for (const [method, path] of [
        ['POST', 'messages'],
        ['POST', 'commands/sendMessage'],
        ['POST', 'stop'],
        ['POST', 'webhooks'],
        ['PATCH', 'webhooks/x']
      ] as const) {
        const body = new Blob([JSON.stringify(text)]);
        const headers = { authorization: `Bearer ${TOKEN}`, ...(type === undefined ? {} : { 'content-type': type }) };
        const response = await fetch(`${edge.url}/api/sessions/${session}/${path}`, { method, body, headers });
        expect(await response.json()).toMatchObject({
          ok: false,
          error: {
            code: 'INVALID_REQUEST',
            message: `The request body was not read because ${reason}. Send JSON with the header "Content-Type: application/json".`,
            certain: true
          }
        });
      }
      const stranger = await fetch(`${edge.url}/api/sessions`, { method: 'POST', body: new Blob(['{}']) });
      expect(stranger.status).toBe(401);
    });

    it('names the session field if others call it differently', async () => {
      await expect(client.post('/api/sessions', { name: 'sales' })).resolves.toMatchObject({
        status: 400,
        body: { error: { message: 'There is no field name: did you mean session?' } }
      });
    });

    it('refuses an idempotency key that cannot be transmitted', async () => {
      const session = await created();
      const response = await fetch(`${edge.url}/api/sessions/${session}/messages`, {
        method: 'POST',
        headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json', 'idempotency-key': 'two words' },
        body: JSON.stringify(text)
      });
      await expect(response.json()).resolves.toMatchObject({ error: { code: 'INVALID_REQUEST' } });
    });

    it.each(['/api', '/api/nothing', '/nothing', '/api/sessions/sales/nothing'])('answers %s in the documented form', async path => {
      const { status, body } = await client.get(path);
      expect({ status, body }).toMatchObject(failed(404, 'NOT_FOUND'));
    });
  });

  it('answers probes without a token, metrics with one', async () => {
    await expect(fetch(`${edge.url}/health/live`)).resolves.toMatchObject({ status: 200 });
    const ready = await fetch(`${edge.url}/health/ready`);
    await expect(ready.json()).resolves.toMatchObject({ status: 'ok', checks: { broker: { status: 'ok' } } });
    const refused = await fetch(`${edge.url}/metrics`);
    expect(refused.status).toBe(401);
    await expect(refused.json()).resolves.toMatchObject({ ok: false, error: { code: 'UNAUTHORIZED' } });
    await expect(client.get('/metrics')).resolves.toMatchObject({
      status: 200,
      body: expect.stringMatching(/wabus_edge_command_seconds_count\{.*method="createSession",outcome="ok"/) as string
    });
  });

  it('reports sessions, requests and the log in metrics', async () => {
    const samples = async (): Promise<Map<string, number>> => {
      const { body } = await client.get<string>('/metrics');
      const lines = body.split('\n').filter(line => line.startsWith('wabus_'));
      return new Map(lines.map(line => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ') + 1))]));
    };
    const session = await created();
    const sessionsIn = (found: Map<string, number>, state: string, connector: string): number =>
      found.get(`wabus_edge_sessions{state="${state}",connector="${connector}",service="edge"}`) ?? 0;
    const before = await samples();
    await edge.report(session, { state: 'failed', connector: 'c9' });
    await edge.publish(session, 'call', { n: 1 });
    await client.get(`/api/sessions/${session}/nothing/of/this/kind`);
    const after = await awaitCondition(samples, found => sessionsIn(found, 'failed', 'c9') === 1, { what: 'the failed session' });
    const requests = (found: Map<string, number>, labels: string): number =>
      found.get(`wabus_edge_http_requests_total{${labels},service="edge"}`) ?? 0;
    const [create, unknown] = ['method="POST",route="/api/sessions",status="201"', 'method="GET",route="none",status="404"'];
    expect(requests(before, create)).toBeGreaterThan(0);
    expect(requests(after, unknown)).toBeGreaterThan(requests(before, unknown));
    // Nothing that a caller chooses becomes a label.
    expect([...after.keys()].filter(name => name.startsWith('wabus_edge_http') && name.includes(session))).toEqual([]);
    const log = (name: string): number => after.get(`wabus_edge_log_${name}{service="edge"}`) ?? -1;
    expect(log('events')).toBeGreaterThan(0);
    expect(log('bytes')).toBeGreaterThan(0);
    expect(log('max_bytes')).toBeGreaterThan(log('bytes'));
    expect(log('max_age_seconds')).toBeGreaterThan(log('oldest_seconds'));
    expect(await (await fetch(`${edge.url}/version`)).json()).toMatchObject({ service: 'edge', version: VERSION });
  });

  it('shows its measurements to the scope read', async () => {
    const history = (): Promise<EdgeAnswer<HealthHistory>> => edge.client(READER_TOKEN).get<HealthHistory>('/api/health/history');
    const { status, body } = await awaitCondition(history, ({ body }) => body.samples.length > 0, { what: 'the first sample' });
    expect({ status, body }).toMatchObject({ status: 200, body: { everySeconds: 10 } });
    const { logBytes, logLimitBytes, ...first } = body.samples[0]!;
    expect(first).toMatchObject({ messagesPerMinute: null, webhookBacklog: 0, memoryBytes: expect.any(Number) as number });
    expect(logLimitBytes).toBeGreaterThan(logBytes!);
    await edge.writeTokens('a-token-that-only-sends-04 scopes=send');
    const refused = (): Promise<number> =>
      edge
        .client('a-token-that-only-sends-04')
        .get('/api/health/history')
        .then(reply => reply.status);
    await expect(awaitCondition(refused, code => code !== 401, { what: 'the new token' })).resolves.toBe(403);
  });

  it('lists everything at / without naming its framework', async () => {
    const { status, headers, body } = await client.get('/');
    expect({ status, body }).toMatchObject({ status: 200, body: { name: 'wabus', events: '/api/events' } });
    expect(headers.get('x-powered-by')).toBeNull();
    expect(headers.get('content-security-policy')).not.toBeNull();
  });

  it('answers from memory while the broker is unreachable', async () => {
    const session = await created();
    await edge.nats.kill();
    const refused = await client.post<Failure>(`/api/sessions/${session}/stop`);
    expect(refused.status).toBeGreaterThanOrEqual(503);
    expect(refused.body.error.code).toMatch(/^(BROKER_UNAVAILABLE|TIMEOUT)$/);
    await expect(client.get(`/api/sessions/${session}`)).resolves.toMatchObject({ status: 200 });
    await expect(client.get('/health/live')).resolves.toMatchObject({ status: 200 });
    await expect(client.get('/health/ready')).resolves.toMatchObject({ status: 503, body: { checks: { broker: { status: 'failing' } } } });
    await edge.nats.restart();
    await awaitCondition(
      () => client.post(`/api/sessions/${session}/stop`),
      ({ status }) => status === 200,
      { waitMs: 20_000 }
    );
    // The connection of the test is restored independently.
    await awaitCondition(
      () => edge.record(session),
      record => record?.desired === 'stopped',
      { waitMs: 20_000 }
    );
  }, 60_000);
});
