import { awaitCondition, type EventClient } from '@wabus/testing';
import { checkDelivery, sumOfFaults, type DeliveryFaults } from './delivery.checker.js';
import { residentMib, type EdgeLab } from './edge.lab.js';

const ROUNDS = 4;
/** Events in one round, of so many characters each: together more than an edge may keep for a client. */
const EVENTS = 250;
const TEXT = 'x'.repeat(16_000);

export interface SlowClientFigures extends DeliveryFaults {
  readonly clients: number;
  readonly slow: number;
  /** Resident memory of the edge after each round of events, in MiB. */
  readonly residentMib: number[];
  /** What the last rounds added to the first two. */
  readonly growthMib: number;
}

/** Clients of which some do not read, and rounds of events; those who read must get all of them, and the edge must not grow. */
export async function measureSlowClients(lab: EdgeLab, clients: number, slow: number): Promise<SlowClientFigures> {
  await using source = await lab.source();
  const { client, process: edge } = lab.edges[0]!;
  const connected: EventClient[] = [];
  for (let i = 0; i < clients; i += 50) {
    const some = Array.from({ length: Math.min(50, clients - i) }, () => client.connectEvents());
    connected.push(...(await Promise.all(some)));
  }
  await Promise.all(connected.map(each => each.follow({ events: ['messages.upsert'], sessions: ['flood'], batch: true })));
  const deaf = connected.slice(0, slow);
  const reading = connected.slice(slow);
  const seen = reading.map(() => [] as number[]);
  deaf.forEach(each => each.stopReading());
  const memory: number[] = [];
  for (let round = 1; round <= ROUNDS; round++) {
    const bodies = Array.from({ length: EVENTS }, (_, n) => JSON.stringify({ n: (round - 1) * EVENTS + n, text: TEXT }));
    await source.publish('flood', bodies);
    await awaitCondition(
      () => {
        reading.forEach((each, i) => seen[i]!.push(...taken(each)));
        return Math.min(...seen.map(numbers => numbers.length));
      },
      count => count >= round * EVENTS,
      { waitMs: 120_000, what: 'a round of events at everyone who reads' }
    );
    memory.push(Math.round(residentMib(edge)));
  }
  connected.forEach(each => each.close());
  const growthMib = Math.max(...memory.slice(ROUNDS / 2)) - Math.max(...memory.slice(0, ROUNDS / 2));
  const faults = sumOfFaults(seen.map(numbers => checkDelivery(numbers, ROUNDS * EVENTS)));
  return { clients, slow, residentMib: memory, growthMib, ...faults };
}

/** The numbers that came since the last call; the client keeps nothing, else this process would be what grows. */
function taken(client: EventClient): number[] {
  client.forget();
  return client.envelopes.splice(0).map(({ data }) => (data as unknown as { n: number }).n);
}
