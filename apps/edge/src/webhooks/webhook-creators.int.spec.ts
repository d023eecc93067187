import {
  webhookKey,
  WEBHOOKS_BUCKET,
  type CreatedWebhook,
  type DurableSubscribeOutcome,
  type IssuedToken,
  type SubscriptionView,
  type WebhookView
} from '@wabus/contracts';
import { awaitCondition, EdgeClient, WebhookReceiver } from '@wabus/testing';
import { EdgeFixture, READER_TOKEN, SALES_TOKEN, TOKEN } from '../edge.fixture.js';

const MAKER = 'a-token-of-the-file-that-goes-04';

describe('webhooks and the tokens that created them', () => {
  let edge: EdgeFixture;
  let receiver: WebhookReceiver;
  let number = 0;
  beforeAll(async () => {
    edge = await EdgeFixture.launch({ WABUS_EGRESS_ALLOW: '127.0.0.1', WABUS_ACCESS_TOKEN_POLL_MS: '50', WABUS_WEBHOOK_LEASE_MS: '800' });
    await edge.client().post('/api/sessions', { session: 'sales' });
    await edge.client().post('/api/sessions', { session: 'support' });
  }, 30_000);
  afterAll(() => edge.stop(), 30_000);
  beforeEach(async () => {
    receiver = await WebhookReceiver.listen();
  });
  afterEach(() => receiver.close());

  const issue = async (grant: object = {}): Promise<IssuedToken> =>
    (await edge.client().post<IssuedToken>('/api/tokens', { name: 'maker', scopes: ['read', 'control'], sessions: ['sales'], ...grant }))
      .body;
  const create = async (token: string, path = '/api/sessions/sales/webhooks'): Promise<CreatedWebhook> => {
    const answer = await edge.client(token).post<CreatedWebhook>(path, { url: receiver.url, events: ['call'] });
    expect(answer.status).toBe(201);
    return answer.body;
  };
  const get = async (id: string): Promise<WebhookView> => (await edge.client().get<WebhookView>(`/api/webhooks/${id}`)).body;
  const awaitPaused = (id: string, paused: WebhookView['paused']): Promise<WebhookView> =>
    awaitCondition(
      () => get(id),
      view => view.paused === paused
    );
  const publish = (): Promise<void> => edge.publish('sales', 'call', { n: ++number });
  const got = async (count: number): Promise<number[]> =>
    (await receiver.awaitDeliveries(count)).map(({ json }) => (json as { data: { n: number } }).data.n);
  const idOf = async (token: string): Promise<string> => (await edge.client(token).get<{ id: string }>('/api/principal')).body.id;

  it('show their token only to those who may see it', async () => {
    const maker = await issue();
    const { id } = await create(maker.token);
    expect(await get(id)).toMatchObject({ createdBy: maker.id, updatedBy: maker.id, paused: null, pauseNote: null });
    const changed = await edge.client().request<WebhookView>('PATCH', `/api/webhooks/${id}`, { events: ['call', 'messages.*'] });
    expect(changed.body).toMatchObject({ createdBy: maker.id, updatedBy: await idOf(TOKEN) });
    const list = (await edge.client().get<{ webhooks: WebhookView[] }>('/api/webhooks')).body;
    expect(JSON.stringify(list)).not.toContain(maker.token);
    expect(list.webhooks.find(one => one.id === id)).toMatchObject({ createdBy: maker.id });
  });

  it('pause when it is revoked, with the reason and the remedy', async () => {
    const maker = await issue();
    const { id } = await create(maker.token);
    await publish();
    await got(1);
    expect((await edge.client().delete(`/api/tokens/${maker.id}`)).status).toBe(200);
    const view = await awaitPaused(id, 'token-gone');
    expect(view).toMatchObject({ createdBy: maker.id, pauseNote: expect.stringContaining('/resume') as string });
    await publish();
    // A webhook of another token shows that events are delivered in the meantime.
    await create(SALES_TOKEN);
    await publish();
    const seen = await got(2);
    expect(seen).toEqual([number - 2, number]);

    const resumed = await edge.client(SALES_TOKEN).post<WebhookView>(`/api/sessions/sales/webhooks/${id}/resume`);
    expect(resumed.body).toMatchObject({ paused: null, createdBy: await idOf(SALES_TOKEN) });
    const all = await got(4);
    expect(all.slice(2).sort()).toEqual([number - 1, number]);
  });

  it('continue if another token took them over before', async () => {
    const maker = await issue();
    const { id } = await create(maker.token);
    const taken = await edge.client(SALES_TOKEN).request('PATCH', `/api/sessions/sales/webhooks/${id}`, { takeOver: true });
    expect(taken.body).toMatchObject({ createdBy: await idOf(SALES_TOKEN), updatedBy: await idOf(SALES_TOKEN) });
    await edge.client().delete(`/api/tokens/${maker.id}`);
    await publish();
    await got(1);
    expect(await get(id)).toMatchObject({ paused: null });
  });

  it('pause when it expires', async () => {
    const maker = await issue({ expiresAt: new Date(Date.now() + 1_500).toISOString() });
    const { id } = await create(maker.token);
    await awaitPaused(id, 'token-gone');
  });

  it('pause while the token file permits less, then continue', async () => {
    const line = `${MAKER} scopes=read,control`;
    await edge.writeTokens(line);
    await awaitCondition(
      async () => (await edge.client(MAKER).get('/api/principal')).status,
      status => status === 200
    );
    const { id } = await create(MAKER, '/api/webhooks');
    await edge.writeTokens(`${line} sessions=sales`);
    await awaitPaused(id, 'token-gone');
    await publish();
    await edge.writeTokens(line);
    await awaitPaused(id, null);
    expect(await got(1)).toEqual([number]);
    await edge.writeTokens();
    await awaitPaused(id, 'token-gone');
  });

  it('pause when the token that changed their target is gone', async () => {
    const editor = await issue();
    const { id } = await create(SALES_TOKEN);
    const described = await edge
      .client(editor.token)
      .request<WebhookView>('PATCH', `/api/sessions/sales/webhooks/${id}`, { description: 'x' });
    expect(described.body.updatedBy).toBe(await idOf(SALES_TOKEN));
    const body = { url: `${receiver.url}?elsewhere` };
    expect((await edge.client(editor.token).request<WebhookView>('PATCH', `/api/sessions/sales/webhooks/${id}`, body)).body).toMatchObject({
      createdBy: await idOf(SALES_TOKEN),
      updatedBy: editor.id
    });
    await edge.client().delete(`/api/tokens/${editor.id}`);
    await awaitPaused(id, 'token-gone');
  });

  it('continue without a recorded token, as in older releases', async () => {
    const { id } = await create(SALES_TOKEN);
    const bucket = edge.broker.buckets.bucket(WEBHOOKS_BUCKET);
    const { value } = (await bucket.get(webhookKey(id)))!;
    const { creator: _creator, ...old } = JSON.parse(Buffer.from(value).toString()) as Record<string, unknown>;
    await bucket.put(webhookKey(id), Buffer.from(JSON.stringify(old)));
    const view = await awaitCondition(
      () => get(id),
      ({ createdBy }) => createdBy === null
    );
    expect(view).toMatchObject({ paused: null, createdBy: null, updatedBy: null });
    await publish();
    await got(1);
  });

  it('are deleted with durables if the policy requires it', async () => {
    const maker = await issue();
    const { id } = await create(maker.token);
    const subscribe = async (token: string, durable: string): Promise<DurableSubscribeOutcome> => {
      const client = await edge.client(token).connectEvents();
      return (await client.socket
        .timeout(5_000)
        .emitWithAck('subscribe', { durable, events: ['call'], sessions: ['sales'] })) as DurableSubscribeOutcome;
    };
    expect(await subscribe(maker.token, 'made')).toMatchObject({ ok: true });
    expect(await subscribe(READER_TOKEN, 'kept')).toMatchObject({ ok: true });
    const named = await edge.client().get<SubscriptionView>('/api/subscriptions/made');
    expect(named.body).toMatchObject({ createdBy: maker.id, owner: maker.id });
    expect(named.body).not.toHaveProperty('creator');
    await edge.client().delete(`/api/tokens/${maker.id}`);
    await awaitPaused(id, 'token-gone');
    expect((await edge.client().get('/api/subscriptions/made')).status).toBe(200);

    await edge.stopEdge();
    const url = await edge.startAnother({ WABUS_WHEN_TOKEN_GOES: 'delete', WABUS_TOKEN_GONE_DELETE_AFTER_MS: '200' });
    const client = new EdgeClient(url, TOKEN);
    const goneAt = (path: string): Promise<number> =>
      awaitCondition(
        async () => (await client.get(path)).status,
        status => status === 404
      );
    await goneAt(`/api/webhooks/${id}`);
    await goneAt('/api/subscriptions/made');
    expect((await client.get('/api/subscriptions/kept')).status).toBe(200);
    const { webhooks } = (await client.get<{ webhooks: WebhookView[] }>('/api/webhooks')).body;
    expect(webhooks.some(({ createdBy }) => createdBy === null)).toBe(true);
    client.close();
  });
});
