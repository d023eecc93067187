import { awaitCondition } from '@wabus/testing';
import { percentile, type Measured } from '../bench.figures.js';
import { receiveLoad } from '../load-round.js';
import type { BenchOptions } from '../measurement.js';
import { BenchPair } from '../bench-pair.js';
import { quantileOf } from '../targets/metrics.codec.js';

const CONTACTS = 4;
const TRIAL_MESSAGES = 1_000;

interface Upsert {
  messages: { key: { id: string } }[];
}

function idOf([message]: Upsert['messages']): string {
  return message!.key.id;
}

/** Measures from the emission of an event to the handler of a Socket.IO client, at half of the maximum rate. */
async function* measure(options: BenchOptions): AsyncGenerator<Measured> {
  await using pair = await BenchPair.start(options, { sessions: 1, contacts: CONTACTS });
  const { connector, simulator, contacts } = pair;
  const client = await connector.wabus.edge.connectEvents();
  const arrivals = new Map<string, number>();
  client.socket.on('messages.upsert', ({ messages }: Upsert) => arrivals.set(idOf(messages), performance.timeOrigin + performance.now()));
  await client.subscribe(['messages.upsert']);
  const emissions = connector.followEvents('messages.upsert');
  const receive = (messagesEach: number, perSecond?: number) =>
    receiveLoad(simulator, connector, {
      phoneNumbers: connector.phoneNumbers,
      contacts,
      messagesEach,
      ...(perSecond === undefined ? {} : { perSecond })
    });
  await receive(TRIAL_MESSAGES / 4);
  const half = Math.round((await receive(TRIAL_MESSAGES)).perSecond / 2);

  const rounds: { toClient: number[]; toLog: { p50: number; p99: number } }[] = [];
  for (let round = 0; round < options.rounds; round++) {
    arrivals.clear();
    emissions.length = 0;
    client.forget();
    const before = await connector.metrics();
    const messages = Math.round(half * options.seconds);
    await receive(messages, half);
    const stored = await connector.publishTimes(before);
    await awaitCondition(
      () => [emissions.length, arrivals.size],
      ([emitted, arrived]) => emitted === messages && arrived === messages,
      { waitMs: 30_000, what: `${messages} events at the client` }
    );
    // `at` has whole ms, rounded down, so the measured time is up to 1 ms too long, never too short.
    const toClient = emissions.map(({ at, body }) => arrivals.get(idOf((JSON.parse(body) as Upsert).messages))! - at);
    rounds.push({ toClient, toLog: { p50: quantileOf(stored, 0.5) * 1_000, p99: quantileOf(stored, 0.99) * 1_000 } });
  }
  yield { figure: 'rate of the messages', unit: 'messages/s', samples: [half] };
  yield {
    figure: 'event → client, p50',
    unit: 'ms',
    samples: rounds.map(({ toClient }) => percentile(toClient, 0.5)),
    target: { atMost: 3 }
  };
  yield {
    figure: 'event → client, p99',
    unit: 'ms',
    samples: rounds.map(({ toClient }) => percentile(toClient, 0.99)),
    target: { atMost: 15 }
  };
  yield { figure: 'event → PubAck, p50', unit: 'ms', samples: rounds.map(({ toLog }) => toLog.p50) };
  yield { figure: 'event → PubAck, p99', unit: 'ms', samples: rounds.map(({ toLog }) => toLog.p99) };
}

export const latency = { name: 'latency', title: 'added latency of one session at half its maximum rate', measure };
