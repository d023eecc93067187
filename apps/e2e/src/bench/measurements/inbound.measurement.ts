import { ratios, type Measured } from '../bench.figures.js';
import { alternate, receiveLoad, roundSize } from '../load-round.js';
import type { BenchOptions, Measurement } from '../measurement.js';
import { BenchPair } from '../bench-pair.js';
import { quantileOf } from '../targets/metrics.codec.js';
import type { LoadTarget } from '../targets/load-target.js';

const CONTACTS = 4;
const TRIAL_MESSAGES = 200;

interface Inbound {
  readonly through: 'chat' | 'group';
  readonly rows: readonly InboundRow[];
}

interface InboundRow {
  /** The number of sessions that get messages at the same time. */
  readonly count: number;
  /** The connector's CPU time per message, and its rate, as multiples of those of stock. */
  readonly cpuAtMost: number;
  readonly rateAtLeast?: number;
}

/** Measures receiving: CPU time and rate compared with stock sockets, which store nothing. */
function inbound(name: string, title: string, { through, rows }: Inbound): Measurement {
  async function* measure(options: BenchOptions): AsyncGenerator<Measured> {
    await using pair = await BenchPair.start(options, { sessions: Math.max(...rows.map(({ count }) => count)), contacts: CONTACTS });
    const { connector, stock, simulator, contacts } = pair;
    await connector.stopEdge();
    const groups = through === 'group' ? await pair.createGroups([...connector.phoneNumbers, ...stock.phoneNumbers]) : undefined;
    for (const { count, cpuAtMost, rateAtLeast } of rows) {
      const receive = (target: LoadTarget, messagesEach: number) =>
        receiveLoad(simulator, target, {
          phoneNumbers: target.phoneNumbers.slice(0, count),
          contacts,
          messagesEach,
          ...(groups ? { groups } : {})
        });
      const trials = [await receive(connector, TRIAL_MESSAGES / count), await receive(stock, TRIAL_MESSAGES / count)];
      const messages = Math.ceil(roundSize(options.seconds, ...trials) / count);
      const before = await connector.metrics();
      const { ours, theirs } = await alternate(
        options.rounds,
        () => receive(connector, messages),
        () => receive(stock, messages)
      );
      const stored = await connector.publishTimes(before);

      const at = count === 1 ? 'one session' : `${count} sessions`;
      const cpu = { ours: ours.map(cost => cost.cpuMsPerMessage), theirs: theirs.map(cost => cost.cpuMsPerMessage) };
      yield {
        figure: `${at}: CPU per message, connector ÷ stock`,
        unit: '×',
        samples: ratios(cpu.ours, cpu.theirs),
        target: { atMost: cpuAtMost }
      };
      yield {
        figure: `${at}: rate, connector ÷ stock`,
        unit: '×',
        samples: ratios(
          ours.map(cost => cost.perSecond),
          theirs.map(cost => cost.perSecond)
        ),
        ...(rateAtLeast === undefined ? {} : { target: { atLeast: rateAtLeast } })
      };
      yield { figure: `${at}: CPU per message, connector`, unit: 'ms', samples: cpu.ours };
      yield { figure: `${at}: CPU per message, stock`, unit: 'ms', samples: cpu.theirs };
      yield { figure: `${at}: rate, connector`, unit: 'messages/s', samples: ours.map(cost => cost.perSecond) };
      yield { figure: `${at}: rate, stock`, unit: 'messages/s', samples: theirs.map(cost => cost.perSecond) };
      for (const [label, share] of [
        ['p50', 0.5],
        ['p99', 0.99]
      ] as const) {
        yield { figure: `${at}: event → PubAck at full load, ${label}`, unit: 'ms', samples: [quantileOf(stored, share) * 1_000] };
      }
      yield {
        figure: `${at}: CPU per message, simulator`,
        unit: 'ms',
        samples: [...ours, ...theirs].map(cost => cost.simulatorCpuMsPerMessage)
      };
    }
  }
  return { name, title, measure };
}

export const inboundChats = inbound('inbound', 'inbound one-to-one messages', {
  through: 'chat',
  rows: [
    { count: 1, cpuAtMost: 1.3, rateAtLeast: 0.8 },
    { count: 20, cpuAtMost: 1 }
  ]
});
export const inboundGroups = inbound('inbound-group', 'inbound group messages', {
  through: 'group',
  rows: [{ count: 1, cpuAtMost: 0.15 }]
});
