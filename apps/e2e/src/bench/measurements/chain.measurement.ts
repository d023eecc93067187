import { chainLoad, CHAIN_PROCESSES, oursOf, type ChainCost } from '../chain/chain-round.js';
import { ChainTarget, chainSettings } from '../chain/chain-target.js';
import { BenchPair } from '../bench-pair.js';
import { median, percentile, ratios, type Measured, type Target } from '../bench.figures.js';
import { alternate, receiveLoad, roundSize, type LoadCost } from '../load-round.js';
import type { BenchOptions, Measurement } from '../measurement.js';

const CONTACTS = 4;
const TRIAL_MESSAGES = 400;

interface Row {
  /** The number of sessions that get messages at the same time. */
  readonly loaded: number;
  /** CPU time of all processes of an installation, and the rate, as multiples of those of stock. */
  readonly cpu?: Target;
  readonly rate?: Target;
}

interface Chain {
  readonly rows: readonly Row[];
  /** The number of sessions in addition to those that get messages. */
  readonly idle: (options: BenchOptions) => number;
}

/**
 * Measures from a contact's message on WhatsApp until the receiver of a webhook has responded
 * to it, including the read models, compared with stock sockets that do nothing else.
 */
function chain(name: string, title: string, { rows, idle }: Chain): Measurement {
  async function* measure(options: BenchOptions): AsyncGenerator<Measured> {
    const { monitor, fixture } = await chainSettings(options);
    const busy = Math.max(...rows.map(({ loaded }) => loaded));
    await using pair = await BenchPair.start(options, { sessions: busy + idle(options), contacts: CONTACTS, acquainted: busy, fixture });
    await using target = await ChainTarget.open(pair.connector, monitor);
    for (const row of rows) yield* measureRow(row, { pair, target, options });
  }
  return { name, title, measure };
}

async function* measureRow(
  { loaded, cpu, rate }: Row,
  { pair, target, options }: { pair: BenchPair; target: ChainTarget; options: BenchOptions }
): AsyncGenerator<Measured> {
  const { connector, stock, simulator, contacts } = pair;
  const order = (phoneNumbers: readonly string[], messages: number) => ({
    phoneNumbers: phoneNumbers.slice(0, loaded),
    contacts,
    messagesEach: Math.ceil(messages / loaded)
  });
  const ours = (messages: number, perSecond?: number): Promise<ChainCost> =>
    chainLoad(target, { ...order(connector.phoneNumbers, messages), ...(perSecond === undefined ? {} : { perSecond }) });
  const theirs = (messages: number): Promise<LoadCost> => receiveLoad(simulator, stock, order(stock.phoneNumbers, messages));
  const trial = options.messages ?? TRIAL_MESSAGES;
  const trials = [await ours(trial), await theirs(trial)] as const;
  const messages = options.messages ?? roundSize(options.seconds, ...trials);
  const rounds = await alternate(
    options.rounds,
    () => ours(messages),
    () => theirs(messages)
  );
  const at = loaded === 1 ? 'one session' : `${loaded} sessions`;
  yield* costFigures(at, rounds, { cpu, rate });
  const half = Math.round(median(rounds.ours.map(({ perSecond }) => perSecond / 2)));
  const { latencies } = await ours(Math.min(messages, Math.ceil(half * options.seconds)), half);
  for (const [label, share] of [
    ['p50', 0.5],
    ['p99', 0.99]
  ] as const)
    yield { figure: `${at}: message → answer of the receiver at half rate, ${label}`, unit: 'ms', samples: [percentile(latencies, share)] };
}

function* costFigures(
  at: string,
  { ours, theirs }: { ours: readonly ChainCost[]; theirs: readonly LoadCost[] },
  { cpu, rate }: { cpu: Target | undefined; rate: Target | undefined }
): Generator<Measured> {
  const total = ours.map(oursOf);
  const stock = theirs.map(({ cpuMsPerMessage }) => cpuMsPerMessage);
  const rates = { ours: ours.map(({ perSecond }) => perSecond), stock: theirs.map(({ perSecond }) => perSecond) };
  const of = (value: (cost: ChainCost) => number): number[] => ours.map(value);
  yield { figure: `${at}: CPU per message, chain ÷ stock`, unit: '×', samples: ratios(total, stock), ...(cpu ? { target: cpu } : {}) };
  yield {
    figure: `${at}: CPU per message, connector of the chain ÷ stock`,
    unit: '×',
    samples: ratios(
      of(({ processes }) => processes.connector.cpuMs),
      stock
    )
  };
  yield { figure: `${at}: rate, chain ÷ stock`, unit: '×', samples: ratios(rates.ours, rates.stock), ...(rate ? { target: rate } : {}) };
  yield { figure: `${at}: CPU per message, chain`, unit: 'ms', samples: total };
  for (const name of CHAIN_PROCESSES)
    yield { figure: `${at}: CPU per message, ${name}`, unit: 'ms', samples: of(({ processes }) => processes[name].cpuMs) };
  yield { figure: `${at}: CPU per message, stock`, unit: 'ms', samples: stock };
  yield { figure: `${at}: rate, chain`, unit: 'messages/s', samples: rates.ours };
  yield { figure: `${at}: rate, stock`, unit: 'messages/s', samples: rates.stock };
  for (const name of CHAIN_PROCESSES.slice(0, 3)) {
    yield { figure: `${at}: writing system calls per message, ${name}`, unit: '', samples: of(({ processes }) => processes[name].writes) };
    yield { figure: `${at}: reading system calls per message, ${name}`, unit: '', samples: of(({ processes }) => processes[name].reads) };
  }
  yield {
    figure: `${at}: bytes to disk per message, nats-server`,
    unit: 'bytes',
    samples: of(({ processes }) => processes['nats-server'].diskBytes)
  };
  yield { figure: `${at}: messages to NATS per message`, unit: '', samples: of(({ received }) => received) };
  yield { figure: `${at}: bytes to NATS per message`, unit: 'bytes', samples: of(({ receivedBytes }) => receivedBytes) };
  yield { figure: `${at}: messages from NATS per message`, unit: '', samples: of(({ sent }) => sent) };
  yield { figure: `${at}: requests to JetStream's API per message`, unit: '', samples: of(({ requests }) => requests) };
  const streams = new Set(ours.flatMap(({ stored }) => [...stored.keys()]));
  for (const stream of [...streams].sort())
    yield { figure: `${at}: stored per message in ${stream}`, unit: '', samples: of(({ stored }) => stored.get(stream) ?? 0) };
}

export const wholeChain = chain('chain', 'message at WhatsApp → webhook answered, everything on', {
  rows: [
    { loaded: 1, cpu: { atMost: 2 }, rate: { atLeast: 0.5 } },
    { loaded: 20, cpu: { atMost: 1.4 } }
  ],
  idle: () => 0
});

export const idleChain = chain('chain-idle', 'the same with 50 busy sessions among idle ones', {
  rows: [{ loaded: 50 }],
  idle: ({ sessions }) => sessions
});
