import { setTimeout as delay } from 'node:timers/promises';
import { awaitCondition, type EventClient } from '@wabus/testing';
import { checkDelivery, sumOfFaults, type DeliveryFaults } from './delivery.checker.js';
import type { EdgesFixture } from './edges.fixture.js';

const PAUSE_MS = 10;

export interface EdgeLossFigures extends DeliveryFaults {
  readonly subscribers: number;
  readonly events: number;
  /** From the death of the edge until every subscriber was subscribed at the other edge. */
  readonly resumedMs: number;
}

/** Kills the first of two edges under its subscribers while events continue; each subscriber resumes at the second edge from its cursor. */
export async function measureEdgeLoss(fixture: EdgesFixture, subscribers: number, events: number): Promise<EdgeLossFigures> {
  await using source = await fixture.source();
  const [first, second] = fixture.edges;
  const clients = await Promise.all(Array.from({ length: subscribers }, () => first!.client.connectEvents()));
  await Promise.all(clients.map((client, i) => client.follow({ events: ['messages.upsert'], batch: i % 2 === 0 })));
  const publishing = (async () => {
    for (let n = 0; n < events; n += 5) {
      await source.publish(
        'loss',
        [0, 1, 2, 3, 4].map(i => JSON.stringify({ n: n + i }))
      );
      await delay(PAUSE_MS);
    }
  })();
  await awaitCondition(
    () => clients[0]!.envelopes.length,
    length => length > events / 4,
    { waitMs: 30_000, what: 'events before the fault' }
  );
  await first!.process.kill();
  const killedAt = performance.now();
  await Promise.all(clients.map(client => client.resumeAt(second!.url)));
  const resumedMs = Math.round(performance.now() - killedAt);
  await publishing;
  await awaitCondition(
    () => Math.min(...clients.map(client => numbers(client).at(-1) ?? -1)),
    last => last >= events - 1,
    { waitMs: 30_000, what: 'the last event at every subscriber' }
  );
  clients.forEach(client => client.close());
  return { subscribers, events, resumedMs, ...sumOfFaults(clients.map(client => checkDelivery(numbers(client), events))) };
}

function numbers(client: EventClient): number[] {
  return client.envelopes.map(({ data }) => (data as unknown as { n: number }).n);
}
