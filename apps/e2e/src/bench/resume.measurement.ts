import { awaitCondition } from '@wabus/testing';
import { checkDelivery, type DeliveryFaults } from './delivery.checker.js';
import type { EdgesFixture } from './edges.fixture.js';

const BODY = 'x'.repeat(300);

export interface ResumeFigures extends DeliveryFaults {
  readonly events: number;
  readonly eventsPerSecond: number;
}

/** Measures a client that reconnects after this many missed events, from its request until it has the last one. */
export async function measureResume(fixture: EdgesFixture, events: number, form: { batch?: boolean } = {}): Promise<ResumeFigures> {
  await using source = await fixture.source();
  const session = `resume-${Object.keys(form).join('') || 'single'}`;
  const { client } = fixture.edges[0]!;
  const before = await client.connectEvents();
  await before.follow({ events: ['messages.upsert'], sessions: [session] });
  before.close();
  await source.publish(
    session,
    Array.from({ length: events }, (_, n) => JSON.stringify({ n, text: BODY }))
  );
  const after = await client.connectEvents();
  const began = performance.now();
  await after.follow({ events: ['messages.upsert'], sessions: [session], since: before.cursor!, ...form });
  await awaitCondition(
    () => after.envelopes.length,
    length => length >= events,
    { waitMs: 60_000, what: 'all missed events' }
  );
  const tookMs = performance.now() - began;
  after.close();
  const arrived = after.envelopes.map(({ data }) => (data as unknown as { n: number }).n);
  return { events, eventsPerSecond: Math.round((events / tookMs) * 1_000), ...checkDelivery(arrived, events) };
}
