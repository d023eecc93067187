import type { DeadLetterPage, DurableSubscribeOutcome, DurableSubscribeRequest, ErrorBody, SubscriptionView } from '@wabus/contracts';
import { awaitCondition, type EventClient } from '@wabus/testing';
import { EdgeFixture, SALES_TOKEN, TOKEN } from '../edge.fixture.js';

interface Got {
  readonly session: string;
  readonly event: string;
  readonly data: unknown;
}

/** A member that records its events, and acknowledges or refuses them. */
class Member {
  readonly got: Got[] = [];

  constructor(
    readonly events: EventClient,
    refuses: boolean
  ) {
    events.socket.on('delivery', (delivery: Got, ack: (answer?: unknown) => void) => {
      this.got.push(delivery);
      if (refuses) ack({ ok: false, retryInMs: 1 });
      else ack();
    });
  }

  join(request: DurableSubscribeRequest): Promise<DurableSubscribeOutcome> {
    return this.events.socket.timeout(5_000).emitWithAck('subscribe', request) as Promise<DurableSubscribeOutcome>;
  }
}

describe('tenants in durable subscriptions', () => {
  let edge: EdgeFixture;
  let other: EdgeFixture;
  let number = 0;
  let durable = '';
  beforeAll(async () => {
    edge = await EdgeFixture.launch();
    other = await edge.another();
  }, 30_000);
  afterAll(async () => {
    await other.stop();
    await edge.stop();
  }, 30_000);
  beforeEach(() => (durable = `tenant-${++number}`));

  const member = async (token: string, { at = edge, refuses = false } = {}): Promise<Member> =>
    new Member(await at.client(token).connectEvents(), refuses);
  const letters = async (token: string, from = edge): Promise<DeadLetterPage> =>
    (await from.client(token).get<DeadLetterPage>(`/api/subscriptions/${durable}/dead-letters`)).body;
  const view = async (token = TOKEN): Promise<SubscriptionView> =>
    (await edge.client(token).get<SubscriptionView>(`/api/subscriptions/${durable}`)).body;
  const redriven = (token: string, body?: unknown): Promise<{ status: number; body: unknown }> =>
    edge.client(token).post(`/api/subscriptions/${durable}/dead-letters/redrive`, body);
  /** Creates a subscription to `sales` alone that has a dead letter of `support` from before it was narrowed. */
  const narrowedWithLetter = async (): Promise<void> => {
    const before = await member(TOKEN, { refuses: true });
    await before.join({ durable, events: ['call'], sessions: ['sales', 'support'], maxDeliveries: 1 });
    await edge.publish('support', 'call', 'secret of support');
    await awaitCondition(
      () => letters(TOKEN),
      ({ deadLetters }) => deadLetters.length === 1
    );
    await before.join({ durable, sessions: ['sales'], update: true });
    before.events.close();
  };

  it.each(['the edge that changes them', 'another edge'])('end for members whose token forbids the new terms, on %s', async where => {
    const at = where === 'another edge' ? other : edge;
    const restricted = await member(SALES_TOKEN, { at });
    await restricted.join({ durable, events: ['call'], sessions: ['sales'] });
    const notified = restricted.events.awaitEvent('exception');
    const admin = await member(TOKEN);
    await admin.join({ durable, events: ['call', 'connection.update'], sessions: ['sales', 'support'], update: true });
    for (let i = 0; i < 10; i++) await edge.publish('support', 'call', i);
    await awaitCondition(
      () => admin.got.length,
      count => count === 10
    );
    expect((await notified).payload).toMatchObject({ code: 'FORBIDDEN', details: { subscription: durable } } satisfies Partial<ErrorBody>);
    expect(restricted.got).toEqual([]);
    await expect(restricted.join({ durable })).resolves.toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } });
  });

  it('keep members whose token permits the new terms', async () => {
    const restricted = await member(SALES_TOKEN);
    await restricted.join({ durable, events: ['call'], sessions: ['sales'] });
    await (await member(TOKEN)).join({ durable, maxInFlight: 3, update: true });
    await edge.publish('sales', 'call', 'mine');
    await edge.publish('sales', 'call', 'mine, too');
    await awaitCondition(view, ({ waiting, underWay }) => waiting + underWay === 0);
    await edge.client(SALES_TOKEN).delete(`/api/subscriptions/${durable}`);
  });

  it('give no pending event to a member who may not receive it', async () => {
    const silent = await edge.client().connectEvents();
    await silent.socket.timeout(5_000).emitWithAck('subscribe', { durable, events: ['call'], sessions: ['sales', 'support'] });
    const held = silent.awaitEvent('delivery');
    await edge.publish('support', 'call', 'secret of support');
    await held;
    const admin = await member(TOKEN);
    await admin.join({ durable, sessions: ['sales'], maxDeliveries: 2, update: true });
    admin.events.close();
    const restricted = await member(SALES_TOKEN);
    await restricted.join({ durable });
    silent.close();
    await edge.publish('sales', 'call', 'mine');
    await awaitCondition(
      () => restricted.got,
      got => got.length > 0
    );
    await awaitCondition(view, ({ waiting, underWay }) => waiting + underWay === 0, { waitMs: 20_000 });
    expect(restricted.got.map(({ session }) => session)).toEqual(['sales']);
  });

  it('show no dead letter of a session the token forbids', async () => {
    await narrowedWithLetter();
    await expect(letters(SALES_TOKEN)).resolves.toEqual({ deadLetters: [], next: null });
    await expect(view(SALES_TOKEN)).resolves.toMatchObject({ deadLetters: 0 });
    await expect(letters(TOKEN)).resolves.toMatchObject({ deadLetters: [{ event: { session: 'support' } }] });
  });

  it('redrive no dead letter of a session the token forbids', async () => {
    await narrowedWithLetter();
    const [letter] = (await letters(TOKEN)).deadLetters;
    await expect(redriven(SALES_TOKEN, { letters: [letter!.letter] })).resolves.toMatchObject({ status: 404 });
    await expect(redriven(SALES_TOKEN)).resolves.toMatchObject({ status: 200, body: { redriven: 0 } });
  });

  it('deliver a redriven letter to permitted members only', async () => {
    await narrowedWithLetter();
    const restricted = await member(SALES_TOKEN, { at: other });
    await restricted.join({ durable });
    await expect(redriven(TOKEN)).resolves.toMatchObject({ body: { redriven: 1 } });
    await edge.publish('sales', 'call', 'mine');
    await awaitCondition(
      () => restricted.got,
      got => got.length > 0
    );
    const admin = await member(TOKEN);
    await admin.join({ durable });
    await awaitCondition(
      () => admin.got,
      got => got.some(({ session }) => session === 'support')
    );
    expect(restricted.got.map(({ data }) => data)).toEqual(['mine']);
  });

  it('are not removed with dead letters that the token forbids', async () => {
    await narrowedWithLetter();
    await expect(edge.client(SALES_TOKEN).delete(`/api/subscriptions/${durable}`)).resolves.toMatchObject({ status: 403 });
    await expect(edge.client(TOKEN).delete(`/api/subscriptions/${durable}`)).resolves.toMatchObject({ status: 200 });
  });
});
