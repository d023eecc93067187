import type { DeadLetterPage, DurableSubscribeOutcome, DurableSubscribeRequest, EventDelivery, SubscriptionView } from '@wabus/contracts';
import { awaitCondition, launchTcpProxy, type EventClient, type TcpProxy } from '@wabus/testing';
import { EdgeFixture, SALES_TOKEN, TOKEN } from '../edge.fixture.js';

/** The tests publish payloads of their own. */
type Got = Omit<EventDelivery, 'data'> & { data: unknown };
type Answer = (delivery: Got) => unknown;

/** A client of a durable subscription that records its events and answers with `answer`. If the answer is `NONE`, it does not answer. */
class Worker {
  static readonly NONE = Symbol('no answer');
  readonly got: Got[] = [];

  constructor(
    readonly events: EventClient,
    answer: Answer = () => undefined
  ) {
    events.socket.on('delivery', (delivery: Got, ack: (...args: unknown[]) => void) => {
      this.got.push(delivery);
      const given = answer(delivery);
      if (given !== Worker.NONE) ack(...(given === undefined ? [] : [given]));
    });
  }

  join(request: DurableSubscribeRequest): Promise<DurableSubscribeOutcome> {
    return this.events.socket.timeout(5_000).emitWithAck('subscribe', request) as Promise<DurableSubscribeOutcome>;
  }

  /** The payloads, as the tests write them. */
  get data(): unknown[] {
    return this.got.map(({ data }) => data);
  }
}

describe('durable subscriptions', () => {
  let edge: EdgeFixture;
  let other: EdgeFixture;
  let link: TcpProxy;
  let number = 0;
  let durable = '';

  beforeAll(async () => {
    edge = await EdgeFixture.launch();
    link = await launchTcpProxy({ port: edge.nats.port });
    other = await edge.another({ WABUS_NATS_URL: `nats://127.0.0.1:${link.port}` });
  }, 30_000);
  afterAll(async () => {
    await other.stop();
    await link.stop();
    await edge.stop();
  }, 30_000);
  beforeEach(() => (durable = `worker-${++number}`));

  const worker = async (answer?: Answer, { at = edge, token = TOKEN }: { at?: EdgeFixture; token?: string } = {}): Promise<Worker> =>
    new Worker(await at.client(token).connectEvents(), answer);
  const publish = async (count: number, session = 'sales'): Promise<number[]> => {
    const numbers = Array.from({ length: count }, (_, i) => i);
    for (const i of numbers) await edge.publish(session, 'call', i);
    return numbers;
  };
  const sorted = (values: unknown[]): number[] => (values as number[]).toSorted((a, b) => a - b);
  const view = async (): Promise<SubscriptionView> => (await edge.client().get<SubscriptionView>(`/api/subscriptions/${durable}`)).body;
  const letters = async (): Promise<DeadLetterPage> =>
    (await edge.client().get<DeadLetterPage>(`/api/subscriptions/${durable}/dead-letters`)).body;
  const settled = (): Promise<unknown> => awaitCondition(view, ({ waiting, underWay }) => waiting === 0 && underWay === 0);

  it('share the events of a name, each event once', async () => {
    const workers = [await worker(), await worker(undefined, { at: other })];
    await expect(workers[0]!.join({ durable, events: ['messages.*', 'call'], maxInFlight: 2 })).resolves.toMatchObject({
      ok: true,
      subscription: { name: durable, events: ['call', 'messages.*'], sessions: '*', maxInFlight: 2, maxDeliveries: 5, ackWaitMs: 30_000 }
    });
    await expect(workers[1]!.join({ durable })).resolves.toMatchObject({ ok: true });
    await edge.publish('sales', 'presence.update', 'not asked for');
    const sent = await publish(60);
    await settled();
    expect(sorted(workers.flatMap(({ data }) => data))).toEqual(sent);
    expect(Math.min(...workers.map(({ got }) => got.length))).toBeGreaterThan(0);
    expect(workers[0]!.got[0]).toMatchObject({
      subscription: durable,
      attempt: 1,
      session: 'sales',
      event: 'call',
      epoch: 1,
      schemaVersion: 1
    });
  });

  it('keep events without clients, in log order', async () => {
    const first = await worker();
    await first.join({ durable, events: ['call'], maxInFlight: 1 });
    first.events.close();
    const sent = await publish(20);
    const second = await worker();
    await second.join({ durable });
    await settled();
    expect(second.data).toEqual(sent);
  });

  it("give a client's events to another one when it leaves", async () => {
    const silent = await worker(() => Worker.NONE);
    await silent.join({ durable, events: ['call'], maxInFlight: 3 });
    const sent = await publish(5);
    await awaitCondition(
      () => silent.got.length,
      count => count === 3
    );
    await expect(view()).resolves.toMatchObject({ underWay: 3, waiting: 2 });
    const metrics = (await edge.client().get<string>('/metrics')).body;
    expect(metrics).toMatch(/^wabus_edge_subscriptions\{.*\} [1-9]/m);
    expect(metrics).toMatch(/^wabus_edge_subscriptions_waiting_events\{.*\} [1-9]/m);
    const heir = await worker();
    silent.events.close();
    const began = performance.now();
    await heir.join({ durable });
    await settled();
    // Well below the 30 s after which an unanswered delivery is repeated.
    expect(performance.now() - began).toBeLessThan(5_000);
    expect(sorted(heir.data)).toEqual(sent);
    expect(silent.got).toHaveLength(3);
  });

  it('continue at another edge when one is cut off', async () => {
    const lost = await worker(() => Worker.NONE, { at: other });
    await lost.join({ durable, events: ['call'], ackWaitMs: 500, maxInFlight: 4 });
    const sent = await publish(10);
    await awaitCondition(
      () => lost.got.length,
      count => count === 4
    );
    link.reset();
    try {
      const heir = await worker();
      await heir.join({ durable });
      await settled();
      expect(sorted([...new Set(heir.data)])).toEqual(sent);
      expect(heir.got.filter(({ attempt }) => attempt === 2)).toHaveLength(4);
    } finally {
      link.pass();
      lost.events.close();
    }
  });

  it('return unacknowledged events when an edge stops', async () => {
    const third = await edge.another();
    const held = await worker(() => Worker.NONE, { at: third });
    await held.join({ durable, events: ['call'], maxInFlight: 4 });
    const sent = await publish(4);
    await awaitCondition(
      () => held.got.length,
      count => count === 4
    );
    const heir = await worker();
    await heir.join({ durable });
    await third.stop();
    await settled();
    expect(sorted(heir.data)).toEqual(sent);
  });

  it('keep a thousand dead letters, of the newest events', async () => {
    const member = await worker(() => ({ ok: false, error: 'never' }));
    await member.join({ durable, events: ['call'], ackWaitMs: 10_000, maxDeliveries: 1, maxInFlight: 20 });
    await Promise.all(Array.from({ length: 1_050 }, (_, i) => edge.publish('sales', 'call', i)));
    // Deliveries that are in progress at the same time do not see each other's dead letters.
    await awaitCondition(view, ({ deadLetters, waiting, underWay }) => waiting + underWay === 0 && deadLetters <= 1_020, {
      waitMs: 20_000
    });
    expect((await view()).deadLetters).toBeGreaterThanOrEqual(1_000);
    expect((await letters()).deadLetters[0]!.event.data).toBeGreaterThanOrEqual(20);
  }, 40_000);

  it('repeat refused events, then make them dead letters', async () => {
    let cured = false;
    const member = await worker(({ data }) => {
      if (cured) return { ok: true };
      if (data === 1) return { ok: false, error: 'no such customer', retryInMs: 10 };
      return data === 2 ? Worker.NONE : true;
    });
    await member.join({ durable, events: ['call'], ackWaitMs: 500, maxDeliveries: 3 });
    await publish(4);
    await awaitCondition(letters, ({ deadLetters }) => deadLetters.length === 2);
    const { deadLetters } = await letters();
    expect(deadLetters).toMatchObject([
      { attempts: 3, reason: 'Refused: no such customer', redriving: false, event: { session: 'sales', event: 'call', data: 1 } },
      { attempts: 3, reason: 'No answer arrived in time.', event: { data: 2 } }
    ]);
    expect(member.got.filter(({ data }) => data === 1).map(({ attempt }) => attempt)).toEqual([1, 2, 3]);
    expect(member.got.filter(({ data }) => data === 3)).toHaveLength(1);
    await expect(view()).resolves.toMatchObject({ deadLetters: 2, waiting: 0, underWay: 0 });

    cured = true;
    const address = `/api/subscriptions/${durable}/dead-letters/redrive`;
    await expect(edge.client().post(address, { letters: [deadLetters[1]!.letter] })).resolves.toMatchObject({
      status: 200,
      body: { redriven: 1 }
    });
    await awaitCondition(letters, page => page.deadLetters.length === 1);
    await expect(edge.client().post(address, { letters: [987654321] })).resolves.toMatchObject({ status: 404 });
    await expect(edge.client().post(address)).resolves.toMatchObject({ body: { redriven: 1 } });
    await awaitCondition(letters, page => page.deadLetters.length === 0);
    expect(member.got.slice(-2)).toMatchObject([
      { data: 2, attempt: 1 },
      { data: 1, attempt: 1 }
    ]);
  });

  it('are visible to tokens that permit all their events', async () => {
    const sales = await worker(undefined, { token: SALES_TOKEN });
    await expect(sales.join({ durable, events: ['call'], sessions: ['support'] })).resolves.toMatchObject({
      ok: false,
      error: { code: 'FORBIDDEN' }
    });
    await expect(sales.join({ durable, events: ['call'] })).resolves.toMatchObject({ ok: true, subscription: { sessions: ['sales'] } });
    await publish(1, 'support');
    await edge.publish('sales', 'call', 'ours');
    await settled();
    expect(sales.data).toEqual(['ours']);

    const all = await worker();
    const everything = `${durable}-all`;
    await all.join({ durable: everything, events: ['*'] });
    await expect(sales.join({ durable: everything })).resolves.toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } });
    const client = edge.client(SALES_TOKEN);
    const listed = await client.get<{ subscriptions: SubscriptionView[] }>('/api/subscriptions');
    expect(listed.body.subscriptions.map(({ name }) => name)).toEqual([durable]);
    for (const [method, path] of [
      ['GET', ''],
      ['DELETE', ''],
      ['GET', '/dead-letters'],
      ['POST', '/dead-letters/redrive']
    ] as const)
      await expect(client.request(method, `/api/subscriptions/${everything}${path}`)).resolves.toMatchObject({ status: 404 });
    await expect(edge.client().get(`/api/subscriptions/${everything}`)).resolves.toMatchObject({ status: 200 });
  });

  it('change terms only on request, and keep their position', async () => {
    const member = await worker(undefined, { at: other });
    await member.join({ durable, events: ['call'], maxInFlight: 1 });
    const second = await worker();
    await expect(second.join({ durable, events: ['call', 'chats.lock'] })).resolves.toMatchObject({
      ok: false,
      error: { code: 'SUBSCRIPTION_DIFFERS', details: { different: ['events'], events: ['call'] } }
    });
    await expect(second.join({ durable, events: ['chats.lock', 'call'], update: true })).resolves.toMatchObject({
      ok: true,
      subscription: { events: ['call', 'chats.lock'], maxInFlight: 1 }
    });
    second.events.close();
    await edge.publish('sales', 'chats.lock', 'new');
    await settled();
    expect(member.data).toEqual(['new']);
  });

  it('start in the past, and end for everyone when removed', async () => {
    const cursor = await edge.broker.eventLog.end();
    const sent = await publish(3);
    const member = await worker(undefined, { at: other });
    await member.join({ durable, events: ['call'], since: cursor });
    await settled();
    expect(member.data).toEqual(sent);
    await expect(edge.client().delete(`/api/subscriptions/${durable}`)).resolves.toMatchObject({ status: 200 });
    await expect(member.events.awaitEvent('exception')).resolves.toMatchObject({
      payload: { code: 'NOT_FOUND', details: { subscription: durable } }
    });
    await publish(1);
    const again = await worker();
    await again.join({ durable, events: ['call'] });
    await edge.publish('sales', 'call', 'after');
    await settled();
    expect([member.data, again.data]).toEqual([sent, ['after']]);
  });

  it('end for a client that unsubscribes by name', async () => {
    const member = await worker();
    await member.join({ durable, events: ['call'] });
    await expect(member.events.socket.timeout(5_000).emitWithAck('unsubscribe', { durable })).resolves.toEqual({ ok: true, durable: [] });
    await publish(1);
    await expect(view()).resolves.toMatchObject({ waiting: 1 });
    expect(member.got).toEqual([]);
  });

  it.each([
    ['durable', { durable: 'with space', events: ['call'] }],
    ['durable', { durable: ['x'], events: ['call'] }],
    ['events', { durable: 'x' }],
    ['events', { durable: 'x', events: [] }],
    ['sessions', { durable: 'x', events: ['call'], sessions: ['a/b'] }],
    ['ackWaitMs', { durable: 'x', events: ['call'], ackWaitMs: 1 }],
    ['maxInFlight', { durable: 'x', events: ['call'], maxInFlight: 1.5 }],
    ['maxDeliveries', { durable: 'x', events: ['call'], maxDeliveries: '3' }],
    ['since', { durable: 'x', events: ['call'], since: 'yesterday' }],
    ['update', { durable: 'x', events: ['call'], update: 'yes' }],
    ['envelope', { durable: 'x', events: ['call'], envelope: true }]
  ])('refuse an invalid %s by name: %j', async (field, request) => {
    const { events } = await worker();
    const outcome: unknown = await events.socket.timeout(5_000).emitWithAck('subscribe', request);
    expect(outcome).toMatchObject({ ok: false, error: { code: 'INVALID_REQUEST', details: { field } } });
    events.close();
  });
});
