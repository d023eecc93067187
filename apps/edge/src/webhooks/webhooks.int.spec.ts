import { createHmac } from 'node:crypto';
import {
  decodeCursor,
  type AttemptView,
  type CreatedWebhook,
  type DeadLetterView,
  type DeliveryView,
  type TestDelivery,
  type WebhookView
} from '@wabus/contracts';
import { awaitCondition, WebhookReceiver, type EdgeAnswer, type ReceivedDelivery } from '@wabus/testing';
import { EdgeFixture, READER_TOKEN, SALES_TOKEN } from '../edge.fixture.js';

const PARALLEL = 8;
const SETTINGS = {
  WABUS_EGRESS_ALLOW: '127.0.0.1',
  WABUS_WEBHOOK_TIMEOUT_MS: '10000',
  WABUS_WEBHOOK_MAX_ATTEMPTS: '4',
  WABUS_WEBHOOK_RETRY_BASE_MS: '40',
  WABUS_WEBHOOK_RETRY_CAP_MS: '200',
  WABUS_WEBHOOK_BREAKER_FAILURES: '1000',
  WABUS_WEBHOOK_PAUSE_AFTER_REFUSALS: '0',
  WABUS_WEBHOOK_PARALLEL: String(PARALLEL),
  WABUS_WEBHOOK_LEASE_MS: '2000'
};

interface Envelope {
  id: string;
  session: string;
  event: string;
  cursor: string;
  data: { n: number };
}

describe('webhooks', () => {
  let edge: EdgeFixture;
  let receiver: WebhookReceiver;
  const made: string[] = [];
  beforeAll(async () => {
    edge = await EdgeFixture.launch(SETTINGS);
  }, 30_000);
  afterAll(() => edge.stop(), 30_000);
  beforeEach(async () => {
    receiver = await WebhookReceiver.listen();
  });
  afterEach(async () => {
    for (const id of made.splice(0)) await edge.client().delete(`/api/webhooks/${id}`);
    await receiver.close();
  });

  const create = async (body: Record<string, unknown> = {}): Promise<CreatedWebhook> => {
    const answer = await edge.client().post<CreatedWebhook>('/api/webhooks', { url: receiver.url, events: ['call'], ...body });
    expect(answer).toMatchObject({ status: 201 });
    made.push(answer.body.id);
    await drained(answer.body.id);
    return answer.body;
  };
  const get = async (id: string): Promise<WebhookView> => (await edge.client().get<WebhookView>(`/api/webhooks/${id}`)).body;
  /** Waits until this edge dispatches the webhook. */
  const drained = (id: string): Promise<unknown> =>
    awaitCondition(
      () => get(id),
      ({ state }) => state.edge !== null && state.cursor !== null
    );
  const patch = (id: string, body: unknown): Promise<EdgeAnswer<WebhookView>> =>
    edge.client().request('PATCH', `/api/webhooks/${id}`, body);
  const publish = async (session: string, from: number, to: number): Promise<void> => {
    for (let n = from; n <= to; n++) await edge.publish(session, 'call', { n });
  };
  const envelope = ({ json }: ReceivedDelivery): Envelope => json as Envelope;
  const numbers = (deliveries: readonly ReceivedDelivery[], session?: string): number[] =>
    deliveries
      .map(envelope)
      .filter(one => session === undefined || one.session === session)
      .map(({ data }) => data.n);
  const deadLetters = async (id: string): Promise<DeadLetterView[]> =>
    (await edge.client().get<{ deadLetters: DeadLetterView[] }>(`/api/webhooks/${id}/dead-letters`)).body.deadLetters;

  it('deliver each event once, in order within a session', async () => {
    const busy = new Map<string, number>();
    let overlapping = 0;
    receiver.answerWith(async delivery => {
      const { session } = envelope(delivery);
      if ((busy.get(session) ?? 0) > 0) overlapping++;
      busy.set(session, (busy.get(session) ?? 0) + 1);
      await new Promise(resolve => setTimeout(resolve, 3));
      busy.set(session, busy.get(session)! - 1);
      return 200;
    });
    const { id } = await create();
    await Promise.all(['a', 'b', 'c'].map(session => publish(session, 1, 60)));
    const deliveries = await receiver.awaitDeliveries(180);
    for (const session of ['a', 'b', 'c']) expect(numbers(deliveries, session)).toEqual(Array.from({ length: 60 }, (_, i) => i + 1));
    expect(overlapping).toBe(0);
    expect(receiver.mostUnderWay).toBeGreaterThan(1);
    await awaitCondition(
      () => get(id),
      ({ state }) => state.delivered === 180
    );
    expect(new Set(deliveries.map(({ headers }) => headers['webhook-id'])).size).toBe(180);
  });

  it('are signed so that the documented check detects changes', async () => {
    const { id, secret } = await create({ headers: { 'X-Api-Key': 'k1' } });
    await publish('a', 1, 1);
    const [delivery] = await receiver.awaitDeliveries(1);
    const { headers, body } = delivery!;
    const check = (text: string): string =>
      createHmac('sha256', Buffer.from(secret.replace('whsec_', ''), 'base64'))
        .update(`${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${text}`)
        .digest('base64');
    expect(headers['webhook-signature']).toBe(`v1,${check(body)}`);
    expect(headers['webhook-signature']).not.toBe(`v1,${check(`${body} `)}`);
    expect(Math.abs(Number(headers['webhook-timestamp']) * 1_000 - Date.now())).toBeLessThan(10_000);
    expect(headers).toMatchObject({
      'x-api-key': 'k1',
      'webhook-attempt': '1',
      'idempotency-key': headers['webhook-id'],
      'content-type': 'application/json'
    });
    expect(envelope(delivery!)).toMatchObject({ session: 'a', event: 'call', data: { n: 1 }, cursor: expect.any(String) as unknown });
    // For one day after a change, requests are signed with both secrets, so that the receiver can change when it is ready. Libraries of
    // other languages require the padding.
    const next = Buffer.alloc(32, 7).toString('base64');
    const { body: changed } = await patch(id, { secret: `whsec_${next.replace('=', '')}` });
    expect(Date.parse(changed.previousSecretUntil!) - Date.now()).toBeGreaterThan(23 * 3_600_000);
    await publish('a', 2, 2);
    const later = (await receiver.awaitDeliveries(2))[1]!;
    const signed = [next, secret.replace('whsec_', '')].map(key =>
      createHmac('sha256', Buffer.from(key, 'base64'))
        .update(`${String(later.headers['webhook-id'])}.${String(later.headers['webhook-timestamp'])}.${later.body}`)
        .digest('base64')
    );
    expect(later.headers['webhook-signature']).toBe(signed.map(each => `v1,${each}`).join(' '));
  });

  it('deliver for other chats while one is slow', async () => {
    let release: () => void = () => undefined;
    const held = new Promise<void>(resolve => (release = resolve));
    receiver.answerWith(async delivery => {
      if (envelope(delivery).data.n < 10) await held;
      return 200;
    });
    const { id } = await create({ events: ['messages.upsert'] });
    const say = (chat: string, n: number): Promise<unknown> =>
      edge.publish('a', 'messages.upsert', { n, messages: [{ key: { remoteJid: chat, id: String(n) } }] });
    for (const n of [1, 2]) await say('1@s.whatsapp.net', n);
    for (const n of [11, 12, 13]) await say('2@s.whatsapp.net', n);
    expect(numbers(await receiver.awaitDeliveries(4))).toEqual([1, 11, 12, 13]);
    const { state } = await awaitCondition(
      () => get(id),
      view => view.state.backlog.events === 2
    );
    expect(Date.now() - Date.parse(state.backlog.oldestAt!)).toBeLessThan(60_000);
    release();
    expect(numbers(await receiver.awaitDeliveries(5)).at(-1)).toBe(2);
    // The number of waiting events at each attempt forms the history of the backlog.
    const { body } = await awaitCondition(
      () => edge.client().get<{ deliveries: AttemptView[] }>(`/api/webhooks/${id}/deliveries`),
      answer => answer.body.deliveries.length === 5
    );
    expect(Math.max(...body.deliveries.map(({ backlog }) => backlog ?? 0))).toBe(2);
  });

  it('retry under one id while later events of a session wait', async () => {
    let refusals = 2;
    receiver.answerWith(delivery => (envelope(delivery).session === 'a' && refusals-- > 0 ? 500 : 200));
    await create();
    await publish('a', 1, 3);
    await publish('b', 1, 2);
    const deliveries = await receiver.awaitDeliveries(7);
    expect(numbers(deliveries, 'a')).toEqual([1, 1, 1, 2, 3]);
    expect(numbers(deliveries, 'b')).toEqual([1, 2]);
    const first = deliveries.filter(one => envelope(one).session === 'a').slice(0, 3);
    expect(new Set(first.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(first.map(({ headers }) => headers['webhook-attempt'])).toEqual(['1', '2', '3']);
  });

  it('show the content of a delivery and repeat it on request', async () => {
    const { id } = await create();
    await publish('a', 1, 1);
    const [sent] = await receiver.awaitDeliveries(1);
    const delivery = String(sent!.headers['webhook-id']);
    const path = `/api/webhooks/${id}/deliveries/${delivery}`;
    const view = await awaitCondition(
      () => edge.client().get<DeliveryView>(path),
      ({ status }) => status === 200
    );
    expect(view.body).toMatchObject({ deliveryId: delivery, requestBody: sent!.body, cut: false, attempts: [{ attempt: 1, status: 204 }] });
    expect(await edge.client().post(`${path}/retry`)).toMatchObject({ status: 200, body: { delivered: true, deliveryId: delivery } });
    const again = (await receiver.awaitDeliveries(2))[1]!;
    expect([again.headers['webhook-id'], again.headers['webhook-attempt'], again.body]).toEqual([delivery, '2', sent!.body]);
    for (const token of [READER_TOKEN, SALES_TOKEN]) {
      expect((await edge.client(token).get(path)).status).toBe(403);
      expect((await edge.client(token).post(`${path}/retry`)).status).toBe(403);
    }
    expect((await edge.client().get(`/api/webhooks/${id}/deliveries/msg_nothing`)).status).toBe(404);

    receiver.answerWith(() => 422);
    await publish('a', 2, 2);
    const [letter] = await awaitCondition(
      () => deadLetters(id),
      list => list.length === 1
    );
    expect(await edge.client().post(`/api/webhooks/${id}/deliveries/${letter!.deliveryId}/retry`)).toMatchObject({
      status: 400,
      body: { error: { code: 'INVALID_REQUEST', details: { letter: letter!.id } } }
    });
  });

  it('dead-letter an event after its last attempt or a refusal', async () => {
    receiver.answerWith(delivery => (envelope(delivery).data.n === 1 ? 503 : envelope(delivery).data.n === 2 ? 422 : 200));
    const { id } = await create();
    await publish('a', 1, 3);
    const deliveries = await receiver.awaitDeliveries(6);
    expect(numbers(deliveries)).toEqual([1, 1, 1, 1, 2, 3]);
    const letters = await awaitCondition(
      () => deadLetters(id),
      list => list.length === 2
    );
    expect(letters.map(({ attempts, status, session }) => ({ attempts, status, session }))).toEqual([
      { attempts: 4, status: 503, session: 'a' },
      { attempts: 1, status: 422, session: 'a' }
    ]);
    await awaitCondition(
      async () => (await edge.client().get<string>('/metrics')).body,
      metrics => /^wabus_edge_webhook_dead_letters\{.*\} 2$/m.test(metrics),
      { what: 'the dead letters in the metrics' }
    );
    receiver.answerWith(() => 200);
    expect(await edge.client().post(`/api/webhooks/${id}/dead-letters/${letters[1]!.id}/redrive`)).toMatchObject({
      status: 202,
      body: { redriving: 1 }
    });
    await awaitCondition(
      () => deadLetters(id),
      list => list.length === 1
    );
    expect(await edge.client().post(`/api/webhooks/${id}/dead-letters/redrive`)).toMatchObject({ status: 202, body: { redriving: 1 } });
    await awaitCondition(
      () => deadLetters(id),
      list => list.length === 0
    );
    expect(numbers(receiver.deliveries.slice(6))).toEqual([2, 1]);
    expect(receiver.deliveries[7]!.headers['webhook-id']).toBe(receiver.deliveries[0]!.headers['webhook-id']);
    expect((await edge.client().post(`/api/webhooks/${id}/dead-letters/999999/redrive`)).status).toBe(404);
  });

  it('deliver a dead letter once, however often requested', async () => {
    receiver.answerWith(delivery => (envelope(delivery).data.n === 0 ? 200 : 422));
    const { id } = await create();
    await publish('a', 1, 20);
    const letters = await awaitCondition(
      () => deadLetters(id),
      list => list.length === 20
    );
    let open = (_status: number): void => undefined;
    const gate = new Promise<number>(resolve => (open = resolve));
    receiver.answerWith(() => gate);
    // The later requests arrive while the first deliveries are in progress, and while their outcomes are being written.
    for (let round = 0; round < 5; round++)
      await Promise.all(letters.map(letter => edge.client().post(`/api/webhooks/${id}/dead-letters/${letter.id}/redrive`)));
    await awaitCondition(
      () => receiver.underWay,
      underWay => underWay >= PARALLEL
    );
    open(200);
    await awaitCondition(
      () => deadLetters(id),
      list => list.length === 0
    );
    expect(receiver.mostUnderWay).toBe(PARALLEL);
    await publish('a', 21, 21);
    const again = (await receiver.awaitDeliveries(41)).slice(20);
    expect(numbers(again).sort((a, b) => a - b)).toEqual(Array.from({ length: 21 }, (_, i) => i + 1));
  });

  it('keep a thousand dead letters, those of the newest events', async () => {
    receiver.answerWith(() => 422);
    const { id } = await create();
    await Promise.all(Array.from({ length: 1_010 }, (_, i) => edge.publish(`s${i % 5}`, 'call', { n: i })));
    // On a busy machine, a response may arrive too late, and the request is then repeated.
    const tried = (): Set<number> => new Set(receiver.deliveries.map(delivery => decodeCursor(envelope(delivery).cursor)!.sequence));
    await awaitCondition(
      () => tried().size,
      count => count === 1_010,
      { waitMs: 30_000 }
    );
    // There are also a thousand while the responses to the last ten are pending, so wait for the right ones, not for the number.
    const newest = [...tried()].sort((a, b) => a - b).slice(10);
    const kept = async (): Promise<number[]> => (await deadLetters(id)).map(letter => Number(letter.id));
    await awaitCondition(kept, letters => letters.length === 1_000 && letters[0] === newest[0]);
    expect(await kept()).toEqual(newest);
    expect(await get(id)).toMatchObject({ state: { deadLetters: 1_000 } });
  }, 60_000);

  it('pause on 410 and on request, without losing events', async () => {
    receiver.answerWith(() => 410);
    const { id } = await create();
    await publish('a', 1, 2);
    await awaitCondition(
      () => get(id),
      ({ paused }) => paused === 'gone'
    );
    expect(receiver.deliveries).toHaveLength(1);
    receiver.answerWith(() => 200);
    expect(await edge.client().post(`/api/webhooks/${id}/resume`)).toMatchObject({ status: 200, body: { paused: null } });
    expect(numbers(await receiver.awaitDeliveries(3))).toEqual([1, 1, 2]);
    expect(await edge.client().post(`/api/webhooks/${id}/pause`)).toMatchObject({ body: { paused: 'requested' } });
    await publish('a', 3, 4);
    await edge.client().post(`/api/webhooks/${id}/resume`);
    expect(numbers(await receiver.awaitDeliveries(5))).toEqual([1, 1, 2, 3, 4]);
  });

  it('start in the past by time or cursor, also later', async () => {
    await publish('past', 1, 1);
    await new Promise(resolve => setTimeout(resolve, 15));
    const since = new Date().toISOString();
    await publish('past', 2, 3);
    const { id } = await create({ sessions: ['past'], since });
    const deliveries = await receiver.awaitDeliveries(2);
    expect(numbers(deliveries)).toEqual([2, 3]);
    expect((await patch(id, { since: envelope(deliveries[0]!).cursor })).status).toBe(200);
    expect(numbers(await receiver.awaitDeliveries(3))).toEqual([2, 3, 3]);
    expect(deliveries[2]!.headers['webhook-id']).toBe(deliveries[1]!.headers['webhook-id']);
    expect((await patch(id, { since: 'yesterday' })).body).toMatchObject({
      error: { code: 'INVALID_REQUEST', details: { field: 'since' } }
    });
  });

  it('send events in bulk, and find the refused one', async () => {
    type Bulk = { events: Envelope[] };
    receiver.answerWith(({ json }) => ((json as Bulk).events.some(({ data }) => data.n === 5) ? 400 : 200));
    const { id } = await create({ bulk: { maxEvents: 4, maxWaitMs: 60 } });
    await publish('a', 1, 7);
    await awaitCondition(
      () => get(id),
      ({ state }) => state.delivered === 6 && state.deadLetters === 1
    );
    const batches = receiver.deliveries.map(({ json }) => (json as Bulk).events.map(({ data }) => data.n));
    expect(batches.every(batch => batch.length <= 4)).toBe(true);
    expect(batches.some(batch => batch.length > 1)).toBe(true);
    expect(batches.filter(batch => !batch.includes(5)).flat()).toEqual([1, 2, 3, 4, 6, 7]);
    expect((await deadLetters(id)).map(({ status }) => status)).toEqual([400]);
  });

  it('receive only their events and sessions, also when changed', async () => {
    const { id } = await create({ events: ['chats.*'], sessions: ['a'] });
    await edge.publish('a', 'call', { n: 1 });
    await edge.publish('b', 'chats.lock', { n: 2 });
    await edge.publish('a', 'chats.lock', { n: 3 });
    await receiver.awaitDeliveries(1);
    expect((await patch(id, { events: ['call'], sessions: null })).body).toMatchObject({ events: ['call'], sessions: '*' });
    await awaitCondition(
      () => get(id),
      ({ state }) => state.edge !== null
    );
    await edge.publish('b', 'call', { n: 4 });
    await edge.publish('b', 'chats.lock', { n: 5 });
    await edge.publish('c', 'call', { n: 6 });
    expect(numbers(await receiver.awaitDeliveries(3)).sort()).toEqual([3, 4, 6]);
  });

  it('receive only events about their chats, by either jid', async () => {
    const [LID, PN] = ['900015550000001@lid', '4915123456789@s.whatsapp.net'];
    expect((await edge.client().post('/api/sessions', { session: 'people' })).status).toBe(201);
    await edge.publish('people', 'lid-mapping.update', { lid: LID, pn: PN });
    await edge.publish('people', 'presence.update', { id: LID, n: 1 });
    const found = '/api/sessions/people/events?events=presence.update&chats=%2B49%20151%2023456789';
    await awaitCondition(
      () => edge.client().get<{ events: unknown[] }>(found),
      ({ body }) => body.events.length === 1
    );
    const terms = { events: ['*'], sessions: ['people'], chats: ['+49 151 23456789', '4915123456789:7@c.us'] };
    const { id, chats } = await create(terms);
    expect(chats).toEqual([PN]);
    await edge.publish('people', 'presence.update', { id: '900015550000002@lid', n: 2 });
    await edge.publish('people', 'session.status', { n: 3 });
    await edge.publish('people', 'presence.update', { id: LID, n: 4 });
    await edge.publish('people', 'chats.update', [{ id: PN }]);
    const deliveries = await receiver.awaitDeliveries(2);
    expect(deliveries.map(delivery => envelope(delivery)).map(({ event, data }) => [event, data.n])).toEqual([
      ['presence.update', 4],
      ['chats.update', undefined]
    ]);
    expect((await patch(id, { chats: null })).body).toMatchObject({ chats: '*' });
    expect((await patch(id, { chats: ['nobody at all'] })).body).toMatchObject({
      error: { details: { fields: { chats: [expect.any(String)] } } }
    });
    await awaitCondition(
      () => get(id),
      ({ state }) => state.edge !== null
    );
    await edge.publish('people', 'session.status', { n: 5 });
    expect(numbers(await receiver.awaitDeliveries(3)).at(-1)).toBe(5);
  });

  it('send a test and return the response of the endpoint', async () => {
    const { id, secret } = await create();
    const test = (): Promise<EdgeAnswer<TestDelivery>> => edge.client().post<TestDelivery>(`/api/webhooks/${id}/test`);
    expect((await test()).body).toMatchObject({ delivered: true, status: 204, error: null });
    expect(receiver.deliveries[0]!.json).toMatchObject({ event: 'webhook.test', data: { webhook: id } });
    expect(receiver.deliveries[0]!.headers['webhook-signature']).toMatch(/^v1,/);
    receiver.answerWith(() => ({ status: 302, headers: { location: 'http://169.254.169.254/' } }));
    expect((await test()).body).toMatchObject({ delivered: false, status: 302 });
    receiver.answerWith(() => 'hang');
    expect((await test()).body).toMatchObject({ delivered: false, status: null, error: expect.stringContaining('in time') as unknown });
    expect(secret).toMatch(/^whsec_/);
  });

  it('list the last attempts', async () => {
    const text = `no row 17 ${'x'.repeat(4_000)}`;
    receiver.answerWith(({ headers }) =>
      headers['webhook-attempt'] === '1' ? { status: 500, headers: { 'x-why': 'row' }, body: text } : 200
    );
    const { id } = await create({ headers: { 'x-api-key': 'k1' } });
    await publish('a', 1, 1);
    const list = async (): Promise<AttemptView[]> =>
      (await edge.client().get<{ deliveries: AttemptView[] }>(`/api/webhooks/${id}/deliveries`)).body.deliveries;
    const attempts = await awaitCondition(list, ({ length }) => length === 2);
    expect(attempts.map(({ attempt, outcome, status }) => ({ attempt, outcome, status }))).toEqual([
      { attempt: 2, outcome: 'delivered', status: 200 },
      { attempt: 1, outcome: 'retry', status: 500 }
    ]);
    expect(attempts[1]).toMatchObject({
      requestHeaders: { 'x-api-key': '(hidden)', 'webhook-attempt': '1' },
      answer: { headers: { 'x-why': 'row' }, body: text.slice(0, 2_048) }
    });
    expect(attempts[0]?.answer?.body).toBe('');
  });

  it('resume after a restart of the edge and of the broker', async () => {
    receiver.answerWith(delivery => (envelope(delivery).data.n === 2 ? 500 : 200));
    await create();
    await publish('a', 1, 3);
    await receiver.awaitDeliveries(3);
    await edge.stopEdge();
    await edge.nats.restart();
    const before = receiver.deliveries.length;
    receiver.answerWith(() => 200);
    await publish('a', 4, 4);
    await edge.startEdge();
    await awaitCondition(
      () => numbers(receiver.deliveries).at(-1),
      n => n === 4,
      { waitMs: 15_000 }
    );
    expect(numbers(receiver.deliveries.slice(before))).toEqual([2, 3, 4]);
    const ids = receiver.deliveries.filter(one => envelope(one).data.n === 2).map(({ headers }) => headers);
    expect(new Set(ids.map(headers => headers['webhook-id'])).size).toBe(1);
    expect(ids.map(headers => Number(headers['webhook-attempt']))).toEqual(ids.map((_, i) => i + 1));
  }, 30_000);
});
