import {
  recordKey,
  REGISTRY_BUCKET,
  webhookKey,
  WEBHOOKS_BUCKET,
  type CreatedWebhook,
  type SessionId,
  type WebhookView
} from '@wabus/contracts';
import { awaitCondition, WebhookReceiver, type EdgeAnswer } from '@wabus/testing';
import { EdgeFixture, READER_TOKEN, SALES_TOKEN } from '../edge.fixture.js';

const URL = 'https://1.1.1.1/hook';
const BODY = { url: URL, events: ['messages.*'] };

describe('the routes of webhooks', () => {
  let edge: EdgeFixture;
  beforeAll(async () => {
    edge = await EdgeFixture.launch({
      WABUS_EGRESS_ALLOW: '127.0.0.1',
      WABUS_WEBHOOK_BREAKER_FAILURES: '3',
      WABUS_WEBHOOK_RETRY_BASE_MS: '30',
      WABUS_WEBHOOK_RETRY_CAP_MS: '60',
      WABUS_WEBHOOK_PAUSE_AFTER_REFUSALS: '4',
      WABUS_WEBHOOK_LIMIT: '40',
      WABUS_WEBHOOK_LIMIT_PER_TOKEN: '30',
      WABUS_LOG_LEVEL: 'info'
    });
    for (const session of ['sales', 'support']) await edge.client().post('/api/sessions', { session });
  }, 30_000);
  afterAll(() => edge.stop(), 30_000);

  const create = (body: unknown, path = '/api/webhooks', token?: string): Promise<EdgeAnswer<CreatedWebhook>> =>
    edge.client(token).post<CreatedWebhook>(path, body);
  const codeOf = ({ status, body }: EdgeAnswer): unknown => [status, (body as { error?: { code?: unknown } }).error?.code];

  it('show the secret once, and never the values of headers', async () => {
    const headers = { authorization: 'Bearer very-secret-value' };
    const created = await create({ ...BODY, headers, description: 'crm' });
    expect(created).toMatchObject({
      status: 201,
      body: { url: URL, sessions: '*', headerNames: ['authorization'], paused: null, description: 'crm' }
    });
    const { id, secret } = created.body;
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    const seen = await Promise.all([
      edge.client().get(`/api/webhooks/${id}`),
      edge.client().get('/api/webhooks'),
      edge.client().request('PATCH', `/api/webhooks/${id}`, { events: ['call'], bulk: { maxEvents: 10, maxWaitMs: 50 } }),
      edge.client().get(`/api/webhooks/${id}/deliveries`)
    ]);
    for (const { status, body } of seen) {
      expect(status).toBe(200);
      expect(JSON.stringify(body)).not.toContain(secret);
      expect(JSON.stringify(body)).not.toContain('very-secret-value');
    }
    expect(seen[2].body).toMatchObject({ events: ['call'], bulk: { maxEvents: 10, maxWaitMs: 50 } });
    expect((await edge.client().delete(`/api/webhooks/${id}`)).status).toBe(204);
    expect(codeOf(await edge.client().get(`/api/webhooks/${id}`))).toEqual([404, 'NOT_FOUND']);
    expect(codeOf(await edge.client().delete(`/api/webhooks/${id}`))).toEqual([404, 'NOT_FOUND']);
  });

  it.each([
    ['url', { events: ['call'] }],
    ['url', { ...BODY, url: 5 }],
    ['events', { url: URL }],
    ['events', { url: URL, events: [] }],
    ['events', { url: URL, events: ['nope.*'] }],
    ['events', { url: URL, events: ['call', 'call'] }],
    ['sessions', { ...BODY, sessions: ['not a session'] }],
    ['sessions', { ...BODY, sessions: [] }],
    ['secret', { ...BODY, secret: 'short' }],
    ['headers', { ...BODY, headers: { Host: 'evil' } }],
    ['headers', { ...BODY, headers: { 'webhook-signature': 'v1,x' } }],
    ['headers', { ...BODY, headers: { 'x-a': 'b\r\nx-c: d' } }],
    ['headers', { ...BODY, headers: { 'Content-Length': '0' } }],
    ['headers', { ...BODY, headers: ['x'] }],
    ['bulk.maxEvents', { ...BODY, bulk: { maxEvents: 0, maxWaitMs: 0 } }],
    ['bulk.maxWaitMs', { ...BODY, bulk: { maxEvents: 1 } }],
    ['bulk', { ...BODY, bulk: [] }],
    ['paused', { ...BODY, paused: 'yes' }],
    ['order', { ...BODY, order: 'random' }],
    ['timeoutMs', { ...BODY, timeoutMs: 121_000 }],
    ['nonsense', { ...BODY, nonsense: 1 }],
    ['body', []]
  ])('name the invalid field %s', async (field, body) => {
    const answer = await create(body);
    expect(codeOf(answer)).toEqual([400, 'INVALID_ARGUMENTS']);
    expect(Object.keys((answer.body as unknown as { error: { details: { fields: object } } }).error.details.fields)).toContain(field);
  });

  it.each([
    'http://1.1.1.1/',
    'https://127.0.0.2/',
    'https://169.254.169.254/latest/meta-data/',
    'https://2852039166/',
    'https://0xa9fea9fe/',
    'https://0x7f.2/',
    'https://10.0.0.1/',
    'https://192.168.1.1/',
    'https://[::1]/',
    'https://[::ffff:10.0.0.1]/',
    'https://[fd00:ec2::254]/',
    'https://[64:ff9b::a00:1]/',
    'https://user:pass@1.1.1.1/',
    'ftp://1.1.1.1/',
    'not a url'
  ])('refuse %s as an address, also in a change', async url => {
    expect(codeOf(await create({ ...BODY, url }))).toEqual([400, 'EGRESS_DENIED']);
    const { id } = (await create(BODY)).body;
    expect(codeOf(await edge.client().request('PATCH', `/api/webhooks/${id}`, { url }))).toEqual([400, 'EGRESS_DENIED']);
    await edge.client().delete(`/api/webhooks/${id}`);
  });

  it('pause if their address later leads to a private network', async () => {
    await using inside = await WebhookReceiver.listen();
    const { id } = (await create({ ...BODY, url: inside.url, events: ['call'] })).body;
    const bucket = edge.broker.buckets.bucket(WEBHOOKS_BUCKET);
    const entry = (await bucket.get(webhookKey(id)))!;
    // Simulates a name that resolved to another address when it was checked.
    const record = { ...(JSON.parse(Buffer.from(entry.value).toString()) as object), url: inside.url.replace('127.0.0.1', '127.0.0.2') };
    await bucket.put(webhookKey(id), Buffer.from(JSON.stringify(record)));
    await edge.publish('sales', 'call', { n: 1 });
    const view = async (): Promise<WebhookView> => (await edge.client().get<WebhookView>(`/api/webhooks/${id}`)).body;
    await awaitCondition(view, ({ paused }) => paused === 'egress-denied');
    expect(inside.deliveries).toEqual([]);
    await edge.client().delete(`/api/webhooks/${id}`);
  });

  it('separate those of one session from those of all', async () => {
    const mine = (await create(BODY, '/api/sessions/sales/webhooks', SALES_TOKEN)).body;
    const global = (await create({ ...BODY, sessions: ['sales'] })).body;
    const other = (await create(BODY, '/api/sessions/support/webhooks')).body;
    expect(mine).toMatchObject({ session: 'sales', sessions: ['sales'] });
    const sales = edge.client(SALES_TOKEN);
    expect((await sales.get<{ webhooks: WebhookView[] }>('/api/sessions/sales/webhooks')).body.webhooks.map(({ id }) => id)).toEqual([
      mine.id
    ]);
    for (const path of [
      '/api/webhooks',
      `/api/webhooks/${mine.id}`,
      '/api/sessions/support/webhooks',
      `/api/sessions/support/webhooks/${other.id}`
    ]) {
      expect(codeOf(await sales.get(path))).toEqual([403, 'FORBIDDEN']);
    }
    for (const id of [global.id, other.id]) {
      for (const [method, path, body] of [
        ['GET', ''],
        ['PATCH', '', { events: ['call'] }],
        ['DELETE', ''],
        ['POST', '/test'],
        ['POST', '/pause'],
        ['GET', '/dead-letters'],
        ['POST', '/dead-letters/redrive', {}],
        ['GET', '/deliveries']
      ] as const) {
        expect(codeOf(await sales.request(method, `/api/sessions/sales/webhooks/${id}${path}`, body))).toEqual([404, 'NOT_FOUND']);
      }
    }
    expect(codeOf(await create({ ...BODY, sessions: ['support'] }, '/api/sessions/sales/webhooks', SALES_TOKEN))).toEqual([
      400,
      'INVALID_ARGUMENTS'
    ]);
    expect(codeOf(await sales.request('PATCH', `/api/sessions/sales/webhooks/${mine.id}`, { sessions: null }))).toEqual([
      400,
      'INVALID_ARGUMENTS'
    ]);
    expect(codeOf(await create(BODY, '/api/sessions/sales%2e/webhooks', SALES_TOKEN))).toEqual([400, 'INVALID_REQUEST']);
    expect(codeOf(await create(BODY, '/api/webhooks', READER_TOKEN))).toEqual([403, 'FORBIDDEN']);
    expect(codeOf(await create(BODY, '/api/sessions/nobody/webhooks'))).toEqual([404, 'UNKNOWN_SESSION']);

    // They are deleted together with their session.
    await edge.broker.buckets.bucket(REGISTRY_BUCKET).delete(recordKey('sales' as SessionId));
    await awaitCondition(
      async () => (await edge.client().get<{ webhooks: WebhookView[] }>('/api/webhooks')).body.webhooks.map(({ id }) => id),
      ids => !ids.includes(mine.id) && ids.includes(global.id) && ids.includes(other.id)
    );
    for (const id of [global.id, other.id]) await edge.client().delete(`/api/webhooks/${id}`);
  });

  it('show an open breaker with trials until one succeeds', async () => {
    await using receiver = await WebhookReceiver.listen(() => 500);
    const { id } = (await create({ ...BODY, url: receiver.url, events: ['call'] })).body;
    for (const session of ['a', 'b', 'c', 'd', 'e']) await edge.publish(session, 'call', { session });
    const view = async (): Promise<WebhookView> => (await edge.client().get<WebhookView>(`/api/webhooks/${id}`)).body;
    const failing = await awaitCondition(view, ({ state }) => state.breaker.until !== null && state.failing.length > 0);
    expect(failing.state.breaker.failures).toBeGreaterThanOrEqual(3);
    receiver.forget();
    await receiver.awaitDeliveries(3);
    expect(receiver.mostUnderWay).toBe(1);
    receiver.answerWith(() => 200);
    const well = await awaitCondition(view, ({ state }) => state.delivered === 5);
    expect(well.state).toMatchObject({ breaker: { state: 'closed', failures: 0, until: null }, failing: [] });
    await edge.client().delete(`/api/webhooks/${id}`);
  });

  it('pause an endpoint that refuses everything, and resume', async () => {
    await using receiver = await WebhookReceiver.listen(() => 422);
    const { id } = (await create({ ...BODY, url: receiver.url, events: ['call'] })).body;
    for (let n = 1; n <= 6; n++) await edge.publish('a', 'call', { n });
    const view = async (): Promise<WebhookView> => (await edge.client().get<WebhookView>(`/api/webhooks/${id}`)).body;
    const paused = await awaitCondition(view, found => found.paused === 'refusing' && found.state.deadLetters === 4);
    expect(paused.state).toMatchObject({ condition: 'refusing', refusals: { inRow: 4 } });
    receiver.answerWith(() => 200);
    receiver.forget();
    await edge.client().post(`/api/webhooks/${id}/resume`);
    const deliveries = await receiver.awaitDeliveries(6);
    expect(deliveries.map(({ json }) => (json as { data: { n: number } }).data.n).sort()).toEqual([1, 2, 3, 4, 5, 6]);
    const well = await awaitCondition(view, ({ state }) => state.delivered === 6 && state.deadLetters === 0);
    expect(well).toMatchObject({ paused: null, state: { condition: 'delivering', refusals: null } });
    await edge.client().delete(`/api/webhooks/${id}`);
  });

  it('log no takeover of a webhook deleted during a delivery', async () => {
    await using receiver = await WebhookReceiver.listen();
    const logged = (msg: string, id: string): boolean => edge.logged.some(line => line['msg'] === msg && line['webhook'] === id);
    for (let i = 0; i < 5; i++) {
      const { id } = (await create({ ...BODY, url: receiver.url, events: ['call'] })).body;
      await awaitCondition(
        () => logged('started delivering to a webhook', id),
        isLogged => isLogged
      );
      receiver.forget();
      await edge.publish('sales', 'call', i);
      await receiver.awaitDeliveries(1);
      await edge.client().delete(`/api/webhooks/${id}`);
      await edge.publish('sales', 'call', i);
    }
    const { id } = (await create({ ...BODY, url: receiver.url, events: ['call'] })).body;
    await awaitCondition(
      () => logged('started delivering to a webhook', id),
      isLogged => isLogged
    );
    expect(edge.logged.filter(({ msg }) => msg === 'another edge took over a webhook')).toEqual([]);
    await edge.client().delete(`/api/webhooks/${id}`);
  });

  it('have a limit per token and a total limit', async () => {
    const made: string[] = [];
    const refusal = async (path: string, token?: string): Promise<unknown> => {
      for (let i = 0; i < 41; i++) {
        const answer = await create(BODY, path, token);
        if (answer.status !== 201) return [answer.status, (answer.body as unknown as { error: { code: string; details: object } }).error];
        made.push(answer.body.id);
      }
      return null;
    };
    const reached = (limit: number, of: string, setting: string): unknown => [
      429,
      expect.objectContaining({ code: 'LIMIT_REACHED', details: { limit, of, setting } })
    ];
    const sales = '/api/sessions/sales/webhooks';
    await edge.client().post('/api/sessions', { session: 'sales' });
    expect(await refusal(sales, SALES_TOKEN)).toEqual(reached(30, 'webhooks of one token', 'WABUS_WEBHOOK_LIMIT_PER_TOKEN'));
    expect(await refusal('/api/webhooks')).toEqual(reached(40, 'webhooks', 'WABUS_WEBHOOK_LIMIT'));
    await edge.client().delete(`/api/webhooks/${made[0]!}`);
    expect((await create(BODY, sales, SALES_TOKEN)).status).toBe(201);
  });
});
