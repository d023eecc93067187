import { awaitCondition, type EventClient } from '@wabus/testing';
import { checkDelivery, sumOfFaults, type DeliveryFaults } from './delivery.checker.js';
import { residentMib, type EdgesFixture } from './edges.fixture.js';

const ROUNDS = 4;
/** Events in one round, of this many characters each: together more than an edge and the operating system may keep for a client. */
const EVENTS = 100;
/** How many events are published before the reading clients must have them: more for a thousand clients would fill the system's memory for TCP. */
const PORTION = 25;
const TEXT = 'x'.repeat(16_000);
const LOOK_MS = 100;

export interface SlowClientFigures extends DeliveryFaults {
  readonly clients: number;
  readonly slow: number;
  /** Resident memory of the edge in MiB: when all readers had the first events, and the maximum in each round after that. */
  readonly residentMib: number[];
  /** The maximum increase over the first value during the rounds. */
  readonly growthMib: number;
  /** How many clients that did not read were disconnected because they received nothing for too long; they have reconnected since. */
  readonly cutOff: number;
}

/**
 * Measures clients, some of which do not read, over rounds of events. Readers get all
 * events, the others also do once they read again, and the edge's memory does not grow.
 */
export async function measureSlowClients(fixture: EdgesFixture, clients: number, slow: number): Promise<SlowClientFigures> {
  await using source = await fixture.source();
  const { client, process: edge } = fixture.edges[0]!;
  const connected: EventClient[] = [];
  for (let i = 0; i < clients; i += 50) {
    const some = Array.from({ length: Math.min(50, clients - i) }, () => client.connectEvents({ reconnection: true }));
    connected.push(...(await Promise.all(some)));
  }
  await Promise.all(connected.map(each => each.follow({ events: ['messages.upsert'], sessions: ['flood'], batch: true })));
  const seen = new Map(connected.map(each => [each, [] as number[]]));
  let published = 0;
  const publish = async (count: number, readers: EventClient[]): Promise<void> => {
    const bodies = Array.from({ length: count }, (_, n) => JSON.stringify({ n: published + n, text: TEXT }));
    published += count;
    await source.publish('flood', bodies);
    await awaitCondition(
      () => Math.min(...readers.map(each => take(each, seen.get(each)!))),
      least => least >= published,
      { waitMs: 120_000, what: 'events at everyone who reads' }
    );
  };
  const deaf = connected.slice(0, slow);
  const reading = connected.slice(slow);
  // Before the first event, because the system gives more memory to connections that were read quickly.
  deaf.forEach(each => each.stopReading());
  await publish(PORTION, reading);
  const memory = [residentMib(edge)];
  const look = setInterval(() => (memory[memory.length - 1] = Math.max(memory.at(-1)!, residentMib(edge))), LOOK_MS);
  for (let round = 0; round < ROUNDS; round++) {
    memory.push(0);
    for (let i = 0; i < EVENTS; i += PORTION) await publish(PORTION, reading);
  }
  clearInterval(look);
  deaf.forEach(each => each.readAgain());
  await publish(1, connected);
  const cutOff = await fixture.metric(0, 'wabus_edge_slow_clients_total');
  connected.forEach(each => each.close());
  const growthMib = Math.round(Math.max(...memory) - memory[0]!);
  const faults = sumOfFaults([...seen.values()].map(numbers => checkDelivery(numbers, published)));
  return { clients, slow, residentMib: memory.map(Math.round), growthMib, cutOff, ...faults };
}

/** Stores the received numbers and returns how many there are; the client stores nothing, because otherwise this process would grow. */
function take(client: EventClient, numbers: number[]): number {
  client.forget();
  numbers.push(...client.envelopes.splice(0).map(({ data }) => (data as unknown as { n: number }).n));
  return numbers.length;
}
