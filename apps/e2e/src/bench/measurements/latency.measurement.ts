import type { EventEnvelope } from '@wabus/contracts';
import { percentile, type Measured } from '../bench.figures.js';
import { receiveLoad } from '../load.round.js';
import type { BenchOptions } from '../measurement.js';
import { BenchPair } from '../pair.setup.js';
import { quantileOf } from '../targets/metrics.codec.js';

const CONTACTS = 4;
const TRIAL_MESSAGES = 1_000;

/** From the emission of an event to the handler of a Socket.IO client, at half of the rate that is possible. */
async function* measure(options: BenchOptions): AsyncGenerator<Measured> {
  await using pair = await BenchPair.start(options, { sessions: 1, contacts: CONTACTS });
  const { connector, simulator, contacts } = pair;
  const client = await connector.wabus.edge.connectEvents();
  const arrivals: number[] = [];
  client.socket.on('messages.upsert', ({ at }: EventEnvelope) => {
    // `at` has whole ms, rounded down: what is measured is up to 1 ms too long, never too short.
    arrivals.push(performance.timeOrigin + performance.now() - Date.parse(at));
  });
  await client.subscribe({ events: ['messages.upsert'], envelope: true });
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
    arrivals.length = 0;
    client.forget();
    const before = await connector.metrics();
    await receive(Math.round(half * options.seconds), half);
    const stored = await connector.publishTimes(before);
    rounds.push({ toClient: [...arrivals], toLog: { p50: quantileOf(stored, 0.5) * 1_000, p99: quantileOf(stored, 0.99) * 1_000 } });
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
