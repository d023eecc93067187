import { existsSync, readFileSync } from 'node:fs';
import { parseBody, SetConfigRequest, UpdateSettingsRequest, type ConnectionData, type SessionStatusRecord } from '@wabus/contracts';
import { awaitCondition, WebhookReceiver, type EdgeAnswer } from '@wabus/testing';
import { EdgeFixture, READER_TOKEN, SALES_TOKEN } from '../../edge.fixture.js';

const PAGE = readFileSync(new URL('../../../../../docs/connection-api.md', import.meta.url), 'utf8');
/** The document whose commands must work. It is stored outside the repository. */
const DOCUMENT = new URL('../../../../../../shared/seeds/003_19b73f08339e2b2c.txt', import.meta.url);

type Json = Record<string, unknown>;
const example = (name: string): Json => JSON.parse(new RegExp(`\`\`\`json ${name}\\n([^]*?)\`\`\``).exec(PAGE)![1]!) as Json;

/** Returns the JSON objects after a command in the document, which contains comments and omissions. */
function documented(command: string): Json[] {
  const section = readFileSync(DOCUMENT, 'utf8')
    .split(/^Command(?=\w+\.aspx$)/m)
    .find(part => part.startsWith(`${command}.aspx\n`))!;
  return [...section.matchAll(/^ *\{ *\n[^]*?^\}(?=\n\n|\nResponse|\s*(?![^]))/gm)].map(([object]) => {
    const json = object
      .replace(/\s\/\/ .*$/gm, '')
      .replace(/"Status": "\{.*$/m, '"Status": "{}"')
      .replace(/,\s*\.\.\.\s*\}/, '}');
    return JSON.parse(json) as Json;
  });
}

/** Checks that every field of the example is present with a value of its type, or `null` if WhatsApp reports none. */
function expectShape(actual: unknown, wanted: unknown, path = 'answer'): void {
  const kind = (value: unknown): string => (Array.isArray(value) ? 'array' : typeof value);
  if (wanted === null || actual === null) return;
  expect([path, kind(actual)]).toEqual([path, kind(wanted)]);
  if (kind(wanted) !== 'object') return;
  expect([path, Object.keys(actual as Json)]).toEqual([path, expect.arrayContaining(Object.keys(wanted as Json))]);
  for (const [key, inner] of Object.entries(wanted as Json)) expectShape((actual as Json)[key], inner, `${path}.${key}`);
}

const account = { id: '4915112345678@s.whatsapp.net', lid: null, name: 'Front desk', platform: 'iphone' };
const codeOf = ({ status, body }: EdgeAnswer): unknown => [status, (body as { error?: { code?: unknown } }).error?.code];

describe('the connection API', () => {
  let edge: EdgeFixture;
  let count = 0;
  beforeAll(async () => {
    edge = await EdgeFixture.launch({
      WABUS_EGRESS_ALLOW: '127.0.0.1',
      WABUS_EDGE_CONNECTION_WAIT_MS: '1000',
      WABUS_COMMANDS_PER_SECOND: '0'
    });
  }, 30_000);
  afterAll(() => edge.stop(), 30_000);

  const aspx = <Body = Json>(session: string, command: string, method = 'GET', body?: unknown): Promise<EdgeAnswer<Body>> =>
    edge.client().request<Body>(method, `/${session}/${command}.aspx`, body);
  const rest = <Body = Json>(session: string, path: string, method = 'POST', body?: unknown): Promise<EdgeAnswer<Body>> =>
    edge.client().request<Body>(method, `/api/sessions/${session}/${path}`, body);
  const created = async (): Promise<string> => {
    const session = `c${++count}`;
    expect((await edge.client().post('/api/sessions', { session })).status).toBe(201);
    return session;
  };
  /** Reports a status as the owner does, and waits until the edge has received it. */
  const reported = async (session: string, status: Partial<SessionStatusRecord>): Promise<void> => {
    const epoch = ++count + 1_000;
    await edge.report(session, { epoch, ...status });
    await awaitCondition(
      () => edge.client().get<{ epoch: number }>(`/api/sessions/${session}/status`),
      ({ body }) => body.epoch === epoch
    );
  };
  const linked = async (): Promise<string> => {
    const session = await created();
    await reported(session, {
      state: 'open',
      account,
      counters: { eventsPublished: 9, messagesIn: 4, messagesOut: 3, opens: 1, reconnects: 0, reconnectLoops: 0 }
    });
    return session;
  };
  const qr = (text = '2@abc'): SessionStatusRecord['qr'] => ({
    text,
    attempt: 1,
    issuedAt: new Date().toISOString(),
    expiresAt: new Date(Date.now() + 20_000).toISOString()
  });
  /** Simulates the connector: reports a status once the record requests it, or has this generation. */
  const follow = async (session: string, wanted: string | number, status: Partial<SessionStatusRecord>): Promise<void> => {
    const record = await awaitCondition(
      () => edge.record(session),
      found => found?.desired === wanted || found?.generation === wanted
    );
    await edge.report(session, { recordAt: record!.updatedAt, ...status });
  };

  describe('generate_qrcode', () => {
    it.each([
      ['the document', (session: string) => aspx(session, 'generate_qrcode', 'POST', { user_agent: 'Opera' })],
      ['plain REST', (session: string) => rest(session, 'connection/qrcode', 'POST', { user_agent: 'Opera' })]
    ])('creates the session and returns the QR code as %s', async (_form, ask) => {
      const session = `qr-${++count}`;
      const [answer] = await Promise.all([ask(session), follow(session, 2, { state: 'pairing', qr: qr() })]);
      expect(answer.status).toBe(200);
      expect(answer.headers.get('cache-control')).toBe('no-store');
      expectShape(answer.body, example('generate_qrcode'));
      expect(answer.body).toMatchObject({ status: 1, error: '' });
      expect(answer.body['ttl']).toBeGreaterThanOrEqual(15);
      expect(answer.body['ttl']).toBeLessThanOrEqual(20);
      const [, svg] = /^data:image\/svg\+xml;base64,([A-Za-z0-9+/]+=*)$/.exec(answer.body['qr'] as string)!;
      expect(Buffer.from(svg!, 'base64').toString()).toMatch(/^<svg /);
      await expect(edge.record(session)).resolves.toMatchObject({ settings: { browser: { name: 'Opera' } } });
    });

    it('answers as documented when linked or out of time', async () => {
      const session = await linked();
      for (const answer of [await aspx(session, 'generate_qrcode', 'POST'), await rest(session, 'connection/qrcode')])
        expect(answer).toMatchObject({ status: 200, body: example('generate_qrcode-refused') });
      const idle = await created();
      const late = await aspx(idle, 'generate_qrcode', 'POST');
      expectShape(late.body, example('generate_qrcode-refused'));
      expect(late).toMatchObject({ status: 200, body: { status: 0, ttl: 0, error: expect.stringMatching(/in time/) as string } });
    });

    it('reconnects when the QR code shows another name', async () => {
      const session = await created();
      await reported(session, { state: 'pairing', qr: qr('2@old') });
      const asked = aspx(session, 'generate_qrcode', 'POST', { user_agent: 'Firefox' });
      await follow(session, 2, { state: 'pairing', qr: qr('2@new') });
      expect((await asked).body).toMatchObject({ status: 1 });
      expect((await aspx(session, 'generate_qrcode', 'POST', { user_agent: 'Firefox' })).body).toMatchObject({ status: 1 });
      await expect(edge.record(session)).resolves.toMatchObject({ generation: 2 });
    });
  });

  it('status reports the connection of a linked device', async () => {
    const session = await linked();
    for (const answer of [await aspx<ConnectionData>(session, 'status'), await rest<ConnectionData>(session, 'connection', 'GET')]) {
      expect(answer.status).toBe(200);
      expectShape(answer.body, example('status'));
      expect(Object.keys(answer.body)).toEqual(Object.keys(example('status')));
      expect(answer.body).toMatchObject({
        status: 10,
        statusString: 'WhatsAppAuthenticated',
        connected: true,
        ConnectionInfo: { pushname: 'Front desk', platform: 'iphone', wid: account.id, connected: true, battery: null },
        WebID: session,
        Webhook: null,
        UserAgent: 'Chrome',
        CanRestoreConnection: true,
        stats: { MessagesSent: 3, MessagesReceived: 4, Events: 9 }
      });
    }
  });

  it('disconnect, close and restore respond when they are done', async () => {
    const session = await linked();
    await expect(aspx(session, 'save_session')).resolves.toMatchObject({ status: 200, body: example('save_session') });

    const [closed] = await Promise.all([aspx(session, 'close_session'), follow(session, 'stopped', { state: 'stopped', account })]);
    expectShape(closed.body, example('close_session'));
    expect(closed).toMatchObject({ status: 200, body: { sucesso: true } });
    expect(JSON.parse(closed.body['Status'] as string)).toMatchObject({
      status: 0,
      statusString: 'noConnection',
      CanRestoreConnection: true
    });

    const [restored] = await Promise.all([rest(session, 'connection/restore'), follow(session, 'running', { state: 'open', account })]);
    expect(restored).toMatchObject({ status: 200, body: { sucesso: true } });
    expect(JSON.parse(restored.body['Status'] as string)).toMatchObject({ status: 10, statusString: 'WhatsAppAuthenticated' });

    const [left] = await Promise.all([aspx(session, 'disconnect'), follow(session, 'logged-out', { state: 'logged-out' })]);
    expectShape(left.body, example('status'));
    expect(left).toMatchObject({ status: 200, body: { status: 0, statusString: 'noConnection', connected: false } });

    for (const command of ['save_session', 'restore_session']) expect(codeOf(await aspx(session, command))).toEqual([409, 'NOT_PAIRED']);
  });

  it('closing and restoring report the state after a timeout', async () => {
    const session = await linked();
    const [closed, restored] = [await aspx(session, 'close_session'), await aspx(await linkedAndStopped(), 'restore_session')];
    expect(closed).toMatchObject({ status: 200, body: { sucesso: false } });
    expect(restored).toMatchObject({ status: 200, body: { sucesso: false } });
  });
  const linkedAndStopped = async (): Promise<string> => {
    const session = await created();
    await edge.client().post(`/api/sessions/${session}/stop`);
    await reported(session, { state: 'stopped', account });
    return session;
  };

  it('restore applies a snapshot after an unrequested logout', async () => {
    const session = await created();
    await reported(session, { state: 'logged-out', snapshots: ['2026-01-01T00:00:00.000Z'] });
    await edge.own(session, async ({ method }) => {
      expect(method).toBe('restoreSession');
      await edge.report(session, { state: 'open', account });
      return JSON.stringify({ ok: true, data: { snapshotAt: '2026-01-01T00:00:00.000Z' } });
    });
    await expect(aspx(session, 'restore_session')).resolves.toMatchObject({ status: 200, body: { sucesso: true } });
  });

  it('clear erases the session', async () => {
    const session = await linked();
    const removed = awaitCondition(
      () => edge.record(session),
      record => record?.desired === 'deleted'
    ).then(() => edge.remove(session));
    const [cleared] = await Promise.all([aspx(session, 'clear'), removed]);
    expect(cleared).toMatchObject({ status: 200, body: example('clear') });
    expect(codeOf(await aspx(session, 'status'))).toEqual([404, 'UNKNOWN_SESSION']);
    await expect(rest(await created(), 'connection/clear')).resolves.toMatchObject({
      body: { status: false, message: 'clear is in progress' }
    });
  });

  describe('set_config', () => {
    it('creates, changes and removes the webhook of the session', async () => {
      await using receiver = await WebhookReceiver.listen();
      const session = await linked();
      const body = { ...example('set_config-body'), webhook: receiver.url };
      const made = await aspx<ConnectionData>(session, 'set_config', 'POST', body);
      expectShape(made.body, example('status'));
      expect(made).toMatchObject({ status: 200, body: { status: 10, Webhook: receiver.url, UserAgent: 'Opera' } });
      expect(made.body.WebhookSecret).toMatch(/^whsec_/);
      await edge.publish(session, 'call', { n: 1 });
      const [delivery] = await receiver.awaitDeliveries(1);
      expect(delivery!.json).toMatchObject({ session, event: 'call', data: { n: 1 } });

      const changed = await rest<ConnectionData>(session, 'connection/config', 'POST', {
        webhook: `${receiver.url}/2`,
        APIVersionCanBulk: true
      });
      expect(changed.body).toMatchObject({ Webhook: `${receiver.url}/2`, UserAgent: 'Opera' });
      expect(changed.body.WebhookSecret).toBeUndefined();
      await edge.publish(session, 'call', { n: 2 });
      const bulk = (await receiver.awaitDeliveries(2)).find(({ path }) => path.endsWith('/2'));
      expect(bulk!.json).toMatchObject({ events: [{ data: { n: 2 } }] });

      const { body: hooks } = await rest<{ webhooks: { events: string[] }[] }>(session, 'webhooks', 'GET');
      expect(hooks.webhooks).toMatchObject([{ events: ['*'], session }]);
      await expect(aspx(session, 'set_config', 'POST', { webhook: '' })).resolves.toMatchObject({ body: { Webhook: null } });
      await expect(rest(session, 'webhooks', 'GET')).resolves.toMatchObject({ body: { webhooks: [] } });
    });

    it.each([
      ['webhook', { webhook: 5 }],
      ['user_agent', { user_agent: 'Netscape' }],
      ['user_agent', { user_agent: 'Mozilla/5.0 '.repeat(200) }],
      ['user_agent', { user_agent: ['Opera'] }],
      ['APIVersionCanBulk', { APIVersionCanBulk: 'yes' }],
      ['APIVersion', { APIVersion: '9' }],
      ['nonsense', { nonsense: 1 }],
      ['body', []]
    ])('names the invalid field %s and changes nothing', async (field, body) => {
      const session = await created();
      const answer = await aspx(session, 'set_config', 'POST', body);
      expect(codeOf(answer)).toEqual([400, 'INVALID_ARGUMENTS']);
      expect(Object.keys((answer.body['error'] as { details: { fields: object } }).details.fields)).toContain(field);
      expect((await edge.record(session))!.settings).toBeUndefined();
    });

    it.each(['http://1.1.1.1/x', 'https://10.0.0.1/x', 'https://[::1]/x', 'file:///etc/passwd', 'nonsense'])(
      'refuses the address %s and changes nothing',
      async webhook => {
        const session = await created();
        const answer = await aspx(session, 'set_config', 'POST', { webhook, user_agent: 'Opera' });
        expect(codeOf(answer)).toEqual([400, 'EGRESS_DENIED']);
        expect(answer.body).toMatchObject({ error: { details: { field: 'webhook' } } });
        expect((await edge.record(session))!.settings).toBeUndefined();
      }
    );
  });

  it('keeps settings in plain form without a new connection', async () => {
    const session = await created();
    const before = await edge.record(session);
    await expect(rest(session, 'settings', 'GET')).resolves.toMatchObject({
      body: { session, browser: { os: 'Wabus', name: 'Chrome' }, version: null, webhook: null, bulk: false, addressing: null }
    });
    const { webhook: _webhook, proxy: _proxy, ...settings } = example('settings');
    await expect(rest(session, 'settings', 'PATCH', settings)).resolves.toMatchObject({ status: 200, body: settings });
    const { settings: kept, ...record } = (await edge.record(session))!;
    expect(record).toEqual(before);
    expect(kept).toEqual({ browser: settings['browser'], version: [2, 3_000, 1_046_500_000], webhookId: null, bulk: true, proxy: null });
    await expect(rest(session, 'settings', 'PATCH', { browser: null, version: null })).resolves.toMatchObject({
      body: { browser: { name: 'Chrome' }, version: null, bulk: true }
    });
    for (const [field, body] of [
      ['browser', { browser: 'Opera' }],
      ['browser.name', { browser: { os: 'x', name: 'Netscape', version: '1' } }],
      ['version', { version: '2.3000' }],
      ['bulk', { bulk: 1 }],
      ['addressing', { addressing: 'number' }]
    ] as const) {
      const answer = await rest(session, 'settings', 'PATCH', body);
      expect(codeOf(answer)).toEqual([400, 'INVALID_ARGUMENTS']);
      expect(Object.keys((answer.body['error'] as { details: { fields: object } }).details.fields)).toContain(field);
    }
  });

  it('keeps an addressing mode until null resets it', async () => {
    const session = await created();
    await expect(rest(session, 'settings', 'PATCH', { addressing: 'pn' })).resolves.toMatchObject({
      status: 200,
      body: { addressing: 'pn' }
    });
    await expect(rest(session, 'settings', 'PATCH', { bulk: true })).resolves.toMatchObject({ body: { addressing: 'pn' } });
    expect((await edge.record(session))!.settings).toMatchObject({ addressing: 'pn' });
    await expect(rest(session, 'settings', 'PATCH', { addressing: null })).resolves.toMatchObject({ body: { addressing: null } });
  });

  it('a proxy password waits for the key of a connector', async () => {
    const session = await created();
    const before = await edge.record(session);
    const { proxy } = example('settings');
    const refused = await rest(session, 'settings', 'PATCH', { proxy });
    expect([refused.status, refused.body]).toMatchObject([503, { error: { code: 'NO_OWNER', retryable: true } }]);
    expect(await edge.record(session)).toEqual(before);
  });

  describe('permissions', () => {
    const COMMANDS = ['generate_qrcode', 'status', 'disconnect', 'close_session', 'save_session', 'restore_session', 'clear', 'set_config'];
    const PLAIN = ['qrcode', 'disconnect', 'close', 'save', 'restore', 'clear', 'config'];

    it('requires a token for the session, and control to change it', async () => {
      const session = await linked();
      const paths = [
        ...COMMANDS.map(command => `/${session}/${command}.aspx`),
        ...PLAIN.map(name => `/api/sessions/${session}/connection/${name}`)
      ];
      for (const path of paths) {
        expect((await fetch(edge.url + path, { method: 'POST' })).status).toBe(401);
        expect([path, codeOf(await edge.client(SALES_TOKEN).post(path, {}))]).toEqual([path, [403, 'FORBIDDEN']]);
        const read = path.endsWith('/status.aspx');
        expect([path, (await edge.client(READER_TOKEN).post(path, {})).status]).toEqual([path, read ? 200 : 403]);
      }
      expect(codeOf(await edge.client(READER_TOKEN).request('PATCH', `/api/sessions/${session}/settings`, { bulk: true }))).toEqual([
        403,
        'FORBIDDEN'
      ]);
      await expect(edge.record(session)).resolves.toMatchObject({ desired: 'running', generation: 1 });
    });

    it('hides the webhook address from those who cannot change it', async () => {
      await using receiver = await WebhookReceiver.listen();
      const session = await created();
      await rest(session, 'settings', 'PATCH', { webhook: receiver.url });
      await expect(rest(session, 'settings', 'GET')).resolves.toMatchObject({ body: { webhook: receiver.url } });
      const seen = await edge.client(READER_TOKEN).get(`/${session}/status.aspx`);
      expect(seen).toMatchObject({ status: 200, body: { Webhook: null } });
      await rest(session, 'settings', 'PATCH', { webhook: null });
    });

    it.each(['sales%2F..%2Fother', 'a%20b', 'x'.repeat(65), '*'])('refuses the id %s', async id => {
      for (const command of COMMANDS) expect(codeOf(await aspx(id, command, 'POST', {}))).toEqual([400, 'INVALID_REQUEST']);
    });

    it('offers no other commands or methods', async () => {
      const session = await created();
      expect(codeOf(await aspx(session, 'nothing'))).toEqual([404, 'NOT_FOUND']);
      expect(codeOf(await aspx(session, 'constructor'))).toEqual([404, 'NOT_FOUND']);
      expect(codeOf(await aspx(session, 'generate_qrcode'))).toEqual([404, 'NOT_FOUND']);
      expect(codeOf(await aspx(session, 'clear', 'DELETE'))).toEqual([404, 'NOT_FOUND']);
      expect((await aspx(session, 'clear', 'HEAD')).status).toBe(404);
      expect((await edge.record(session))!.desired).toBe('running');
      for (const command of COMMANDS.filter(name => name !== 'generate_qrcode'))
        expect(codeOf(await aspx('never-created', command, 'POST', {}))).toEqual([404, 'UNKNOWN_SESSION']);
    });
  });
});

describe('the page about the connection API', () => {
  it('shows requests that are accepted', () => {
    expect(parseBody(SetConfigRequest, example('set_config-body'))).toMatchObject({ user_agent: 'Opera' });
    expect(parseBody(UpdateSettingsRequest, example('settings'))).toMatchObject({ bulk: true });
  });

  const withDocument = existsSync(DOCUMENT) ? it : it.skip;
  withDocument.each([
    ['generate_qrcode', [null, 'generate_qrcode', 'generate_qrcode-refused']],
    ['status', ['status']],
    ['disconnect', ['status']],
    ['close_session', ['close_session']],
    ['save_session', ['save_session']],
    ['restore_session', ['restore_session']],
    ['clear', ['clear']],
    ['set_config', ['set_config-body', 'status']]
  ])('shows for %s all that the document shows', (command, names) => {
    const shapes = documented(command);
    expect(shapes).toHaveLength(names.length);
    names.forEach((name, i) => name !== null && expectShape(example(name), shapes[i]));
  });
});
