import type { ErrorBody, PasskeyRequest } from '@wabus/contracts';
import { awaitCondition, McpClient, WebhookReceiver, EdgeClient, type RefreshForm, type SimulatedAccount } from '@wabus/testing';
import { SecretsLedger } from './chaos/linking/secrets.ledger.js';
import { WabusFixture } from './wabus.fixture.js';

type Failure = { error: Pick<ErrorBody, 'code' | 'details'> };
const EXTENSION = 'chrome-extension://abcdefghijklmnopabcdefghijklmnop';

let wabus: WabusFixture;
let receiver: WebhookReceiver;
beforeAll(async () => {
  receiver = await WebhookReceiver.listen();
  wabus = await WabusFixture.start({
    edges: 2,
    // A busy machine must not cause a session to lose its owner.
    connectorEnv: { WABUS_LOG_LEVEL: 'debug', WABUS_OWNERSHIP_TIMING: 'cluster' },
    edgeEnv: { WABUS_LOG_LEVEL: 'debug', WABUS_EGRESS_ALLOW: '127.0.0.1' }
  });
}, 90_000);
afterAll(async () => {
  await wabus?.stop();
  await receiver?.[Symbol.asyncDispose]();
}, 30_000);

const partsOf = (qr: string) => {
  const [reference, , , secret] = qr.split(',');
  return { reference, secret };
};

async function create(session: string): Promise<string> {
  expect((await wabus.edge.post('/api/sessions', { session })).status).toBe(201);
  return wabus.awaitQr(session);
}

/** The research describes what a stock Baileys socket does with these: it acknowledges nothing, keeps its secret and shows a code that was refused. */
describe('a session that is not linked', () => {
  test.each<RefreshForm>(['companion_reg_refresh', 'pair-device-rotate-qr'])('acknowledges %s and has a new secret', async form => {
    const session = `refresh-${form}`;
    const first = await create(session);
    const { connection } = await wabus.control.refreshRegistration({ qr: first, form });
    const second = await wabus.awaitQr(session, first);
    expect(partsOf(second).reference).toBe(partsOf(first).reference);
    expect(partsOf(second).secret).not.toBe(partsOf(first).secret);
    expect(await wabus.control.acknowledgements({ connection, waitMs: 5_000 })).toMatchObject({
      acknowledged: 1,
      repeated: 0,
      missing: []
    });
  });

  test('fails the command if WhatsApp refuses the code', async () => {
    await create('refused');
    const { phoneNumber } = await wabus.control.createAccount({});
    await wabus.control.setLinking({ pairingCodesPerNumber: 0 });
    const answer = await wabus.edge.post<Failure>('/api/sessions/refused/pairing-code', { phoneNumber });
    await wabus.control.setLinking({ pairingCodesPerNumber: 12 });
    expect(answer.status).toBe(502);
    expect(answer.body.error).toMatchObject({ code: 'REFUSED_BY_WHATSAPP', details: { statusCode: 429 } });
    await wabus.scan('refused', await wabus.control.createAccount({}));
    await wabus.awaitState('refused', 'open');
  });

  test('reports each code that replaces another', async () => {
    await create('codes');
    const { phoneNumber } = await wabus.control.createAccount({});
    const events = await wabus.edge.connectEvents();
    await events.subscribe({ events: ['auth.pairing-code'], sessions: ['codes'] });
    const nextCode = async (not: string): Promise<string | null> => {
      const { payload } = await events.awaitEvent<{ code: string | null }>('auth.pairing-code', ({ code }) => code !== not);
      events.forget();
      return payload.code;
    };
    const { body } = await wabus.edge.post<{ code: string }>('/api/sessions/codes/pairing-code', { phoneNumber });
    expect(await nextCode('')).toBe(body.code);
    await wabus.control.refreshPairingCode({ phoneNumber, forceManual: false });
    const second = await nextCode(body.code);
    expect(second).toMatch(/^[1-9A-Z]{8}$/);
    await wabus.control.refreshPairingCode({ phoneNumber, forceManual: true });
    expect(await nextCode(second!)).toBeNull();
  });
});

/** Creates a session whose QR code was scanned by a phone with an account that requires a passkey. */
async function asked(session: string): Promise<SimulatedAccount> {
  await create(session);
  const account = await wabus.control.createAccount({});
  await wabus.control.setPasskey({ phoneNumber: account.phoneNumber, required: 'always' });
  await scanAgain(session, account);
  return account;
}

async function scanAgain(session: string, account: SimulatedAccount): Promise<void> {
  await wabus.scan(session, account);
  await stageOf(session, 'assertion');
}

async function stageOf(session: string, stage: string): Promise<void> {
  await awaitCondition(
    () => wabus.session(session),
    ({ status }) => status.passkey?.stage === stage,
    { what: `stage ${stage} of ${session}` }
  );
}

async function request(session: string, client: EdgeClient = wabus.edge): Promise<PasskeyRequest> {
  const { status, body } = await client.get<PasskeyRequest>(`/api/sessions/${session}/passkey?link=true`);
  expect(status).toBe(200);
  return body;
}

/** Requests the one-time address from one of the edges, without an API token. */
const visit = (url: string, edge: EdgeClient, { headers, ...init }: RequestInit = {}): Promise<Response> =>
  fetch(new URL(new URL(url).pathname, edge.url), { ...init, headers: { accept: 'application/json', ...headers } });

const errorOf = async (response: Response): Promise<Failure['error']> => ((await response.json()) as Failure).error;

async function tokenOf(name: string, scopes: string[]): Promise<string> {
  const { body, status } = await wabus.edge.post<{ token: string }>('/api/tokens', { name, sessions: ['scoped'], scopes });
  expect(status).toBe(201);
  return body.token;
}

describe('a link by passkey', () => {
  let account: SimulatedAccount;
  let url: string;
  beforeAll(async () => {
    account = await asked('scoped');
    url = (await request('scoped')).url!;
  }, 60_000);

  test('shows only its stage to the scope read', async () => {
    const reader = { headers: { authorization: `Bearer ${await tokenOf('reader', ['read'])}` } };
    const get = (path: string) => fetch(new URL(path, wabus.edge.url), reader);
    for (const path of ['/api/sessions/scoped', '/api/sessions']) {
      const text = await (await get(path)).text();
      expect(text).toContain('"passkey":{"stage":"assertion"}');
    }
    const status = (await (await get('/api/sessions/scoped/status')).json()) as { passkey: unknown };
    expect(status.passkey).toEqual({ stage: 'assertion' });
    expect((await get('/api/sessions/scoped/passkey')).status).toBe(403);
    const page = await (await get('/api/sessions/scoped/events?events=*')).text();
    expect(page).toContain('session.status');
    expect(page).not.toContain('auth.passkey');
    expect((await wabus.session('scoped')).status.passkey).toMatchObject({ stage: 'assertion', compare: false, error: null });
  });

  test('cannot be completed with the scopes read and send', async () => {
    const sender = new EdgeClient(wabus.edge.url, await tokenOf('sender', ['read', 'send']));
    const route = '/api/sessions/scoped/passkey';
    const answers = [
      await sender.post<Failure>(route, { assertion: {} }),
      await sender.post<Failure>(`${route}/confirm`, { equal: true }),
      await sender.delete<Failure>(route)
    ];
    for (const { status, body } of answers) expect({ status, code: body.error.code }).toEqual({ status: 403, code: 'FORBIDDEN' });
  });

  test('has an address that every edge serves and nobody stores', async () => {
    for (const edge of wabus.clients) {
      const response = await visit(url, edge);
      expect(response.status).toBe(200);
      expect(response.headers.get('cache-control')).toBe('no-store');
      expect(response.headers.get('referrer-policy')).toBe('no-referrer');
      expect(await response.json()).toMatchObject({ session: 'scoped', stage: 'assertion', options: { rpId: 'whatsapp.com' } });
    }
  });

  test('is not found at any other address', async () => {
    const wrong = new URL(url);
    wrong.pathname = `/passkey/${'A'.repeat(43)}`;
    for (const address of [wrong.href, new URL('/passkey/short', url).href]) {
      const response = await visit(address, wabus.edge);
      expect(response.status).toBe(404);
      expect((await errorOf(response)).code).toBe('NOT_FOUND');
    }
  });

  test.each([
    [EXTENSION, true],
    ['moz-extension://0b1c2d3e-1111-2222-3333-444455556666', true],
    ['https://web.whatsapp.com', true],
    ['https://web.whatsapp.com.example', false],
    ['http://web.whatsapp.com', false],
    ['null', false]
  ])('gets the preflight response for %s: %s', async (origin, allowed) => {
    const headers = { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' };
    const response = await visit(url, wabus.edge, { method: 'OPTIONS', headers });
    expect(response.status).toBe(204);
    expect(response.headers.get('access-control-allow-origin')).toBe(allowed ? origin : null);
    expect(response.headers.get('access-control-allow-credentials')).toBeNull();
    if (allowed) expect(response.headers.get('access-control-allow-methods')).toContain('DELETE');
  });

  test('limits requests by address, preflights separately', async () => {
    const { url: own } = await request('scoped');
    for (let i = 0; i < 12; i++) await visit(own!, wabus.edge, { method: 'OPTIONS', headers: { origin: EXTENSION } });
    const statuses: number[] = [];
    let last = await visit(own!, wabus.edge);
    // One request is permitted every six seconds, so a slow test gets more responses.
    for (; last.status === 200 && statuses.length < 100; last = await visit(own!, wabus.edge)) statuses.push(last.status);
    expect(statuses.length).toBeGreaterThanOrEqual(10);
    expect(last.status).toBe(429);
    expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await errorOf(last)).toMatchObject({ code: 'RATE_LIMITED', details: { limit: 'passkey-link' } });
    expect((await visit(url, wabus.edge)).status).toBe(200);
  });

  test('deletes its addresses when it is canceled', async () => {
    const [, other] = wabus.clients;
    expect((await wabus.edge.delete('/api/sessions/scoped/passkey')).status).toBe(200);
    const over = await awaitCondition(
      () => visit(url, other!),
      ({ status }) => status !== 200,
      { what: 'the end of the address' }
    );
    expect(over.status).toBe(409);
    expect(await errorOf(over)).toMatchObject({ code: 'PASSKEY_NOT_REQUESTED', details: { stage: null, linked: false } });
    await scanAgain('scoped', account);
    const gone = await visit(url, other!);
    expect(gone.status).toBe(404);
  });
});

test('no API of an edge reveals the secrets of a link', async () => {
  const secrets = new SecretsLedger<string>();
  expect((await wabus.edge.post('/api/webhooks', { url: receiver.url, events: ['*'] })).status).toBe(201);
  const events = await wabus.edge.connectEvents();
  await events.subscribe(['*']);
  const stream = new AbortController();
  let sse = '';
  const response = await fetch(new URL('/api/events?events=*', wabus.edge.url), {
    headers: { accept: 'text/event-stream', authorization: `Bearer ${wabus.token}` },
    signal: stream.signal
  });
  const reading = (async () => {
    for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) sse += chunk;
  })().catch(() => undefined);

  const account = await asked('shown');
  const mcp = await McpClient.connect(wabus.edge.url, wabus.token);
  const replies: string[] = [];
  const call = async (name: string, args: Record<string, unknown>) => replies.push(JSON.stringify(await mcp.result(name, args)));
  await call('get_passkey', { session: 'shown' });
  await call('run_command', { session: 'shown', method: 'getPasskey' });
  const { options, url } = await request('shown');
  const assertion = await wabus.control.assertPasskey({ phoneNumber: account.phoneNumber, options: options! });
  secrets.text('shown', 'challenge', options!.challenge);
  secrets.text('shown', 'one-time address', url!.split('/').at(-1)!);
  for (const part of ['clientDataJSON', 'authenticatorData', 'signature'] as const) secrets.text('shown', part, assertion.response[part]);

  const wrong = { ...assertion, response: { ...assertion.response, authenticatorData: 'AAAA' } };
  const body = (value: object): RequestInit => ({
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(value)
  });
  const refused = await visit(url!, wabus.edge, body({ assertion: wrong }));
  expect(refused.status).toBe(400);
  replies.push(await refused.text());
  const taken = await visit(url!, wabus.edge, body({ assertion }));
  expect(taken.status).toBe(200);
  replies.push(await taken.text());
  await wabus.awaitState('shown', 'open');
  const over = await visit(url!, wabus.edge);
  expect(over.status).toBe(409);
  expect(await errorOf(over)).toMatchObject({ code: 'PASSKEY_NOT_REQUESTED', details: { stage: null, linked: true } });

  await events.awaitEvent<{ stage: string | null }>('auth.passkey', ({ stage }) => stage === null);
  const passkeys = (text: string): boolean => text.includes('"stage":"waiting-for-phone"');
  const hooks = () => receiver.deliveries.map(({ body: delivered }) => delivered).join('\n');
  await awaitCondition(hooks, passkeys, { what: 'deliveries to the webhook' });
  await awaitCondition(() => sse, passkeys, { what: 'Server-Sent Events' });
  for (const path of ['/api/sessions', '/api/sessions/shown', '/api/sessions/shown/status', '/api/sessions/shown/events', '/metrics'])
    replies.push(JSON.stringify((await wabus.edge.get(path)).body));
  stream.abort();
  await Promise.all([reading, mcp.close()]);

  const socket = JSON.stringify(events.arrived);
  expect(passkeys(socket)).toBe(true);
  const logs = [...wabus.edges, ...wabus.connectors].flatMap(({ lines }) => lines);
  const output = { socket, sse, webhooks: hooks(), http: replies.join('\n'), logs: logs.join('\n') };
  expect(Object.entries(output).flatMap(([api, text]) => secrets.search(text, api))).toEqual([]);
}, 60_000);
