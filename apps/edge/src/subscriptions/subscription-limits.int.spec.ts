import type { DurableSubscribeOutcome, SubscriptionView } from '@wabus/contracts';
import type { EventClient } from '@wabus/testing';
import { EdgeFixture, READER_TOKEN, SALES_TOKEN, TOKEN } from '../edge.fixture.js';

describe('limits of durable subscriptions', () => {
  let edge: EdgeFixture;
  let number = 0;

  beforeAll(async () => {
    edge = await EdgeFixture.launch({
      WABUS_DURABLE_SUBSCRIPTION_LIMIT: '8',
      WABUS_DURABLE_SUBSCRIPTION_LIMIT_PER_TOKEN: '5',
      WABUS_DURABLE_SUBSCRIPTIONS_PER_MINUTE: '12'
    });
  }, 30_000);
  afterAll(() => edge.stop(), 30_000);

  const create = (client: EventClient): Promise<DurableSubscribeOutcome> =>
    client.socket
      .timeout(10_000)
      .emitWithAck('subscribe', { durable: `d${++number}`, events: ['call'], sessions: ['sales'] }) as Promise<DurableSubscribeOutcome>;

  it('hold per token, in total and per minute, sparing others', async () => {
    const greedy = await edge.client(SALES_TOKEN).connectEvents();
    for (let i = 0; i < 5; i++) expect(await create(greedy)).toMatchObject({ ok: true });
    expect(await create(greedy)).toMatchObject({
      ok: false,
      error: { code: 'LIMIT_REACHED', details: { limit: 5, of: 'durable subscriptions of one token' } }
    });

    const other = await edge.client(TOKEN).connectEvents();
    for (let i = 0; i < 3; i++) expect(await create(other)).toMatchObject({ ok: true });
    expect(await create(other)).toMatchObject({
      ok: false,
      error: { code: 'LIMIT_REACHED', details: { limit: 8, of: 'durable subscriptions' } }
    });
    // All subscriptions are listed, and removing one makes room for the next creator.
    const list = (): ReturnType<typeof all> => all(READER_TOKEN);
    const all = (token: string) => edge.client(token).get<{ subscriptions: SubscriptionView[] }>('/api/subscriptions');
    expect((await list()).body.subscriptions).toHaveLength(8);
    expect((await edge.client().delete('/api/subscriptions/d1')).status).toBe(200);
    expect(await create(await edge.client(READER_TOKEN).connectEvents())).toMatchObject({ ok: true });

    const outcomes: string[] = [];
    for (let i = 0; i < 10; i++) {
      const outcome = await create(greedy);
      if (!outcome.ok) outcomes.push(`${outcome.error.code} ${typeof outcome.error.details?.['retryAfterMs']}`);
    }
    // Repeated failed attempts cost the broker as much as successful ones.
    expect(outcomes.at(-1)).toBe('RATE_LIMITED number');
  });
});
