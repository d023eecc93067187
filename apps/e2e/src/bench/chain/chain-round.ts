import { awaitCondition, type LoadReport } from '@wabus/testing';
import { prepareLoads, type InboundOrder } from '../load-round.js';
import type { ChainTarget } from './chain-target.js';
import { readNatsStatistics } from './nats-statistics.reader.js';
import { readProcess, usedSince, type ProcessUsage } from './process-usage.reader.js';

const CONFIRM_LIMIT_MS = 300_000;
const DELIVER_LIMIT_MS = 120_000;

/** The processes whose part of a message's cost is measured, in the order in which the message passes them. */
export const CHAIN_PROCESSES = ['connector', 'nats-server', 'edge', 'simulator', 'receiver'] as const;
export type ChainProcess = (typeof CHAIN_PROCESSES)[number];
/** Those of them that belong to an installation of Wabus. */
export const OUR_PROCESSES = ['connector', 'nats-server', 'edge'] as const satisfies readonly ChainProcess[];

/** The cost of a load, per message. */
export interface ChainCost {
  /** Messages per second until the last delivery got its response. */
  readonly perSecond: number;
  readonly processes: Readonly<Record<ChainProcess, ProcessUsage>>;
  /** Stored messages by stream. */
  readonly stored: ReadonlyMap<string, number>;
  /** Messages and bytes between nats-server and its clients, and requests to JetStream's API. */
  readonly received: number;
  readonly receivedBytes: number;
  readonly sent: number;
  readonly requests: number;
  /** From the sending of each message until its delivery got a response, in ms. */
  readonly latencies: readonly number[];
}

export const oursOf = ({ processes }: ChainCost): number => OUR_PROCESSES.reduce((sum, name) => sum + processes[name].cpuMs, 0);

/**
 * Sends a load through the whole chain, until the receiver has responded to every message
 * and the read models contain every event; the remaining work of the messages counts too.
 * @throws Error if the receiver got another number of messages than were sent
 */
export async function chainLoad(target: ChainTarget, order: InboundOrder): Promise<ChainCost> {
  const { control } = target.simulator;
  const loads = await prepareLoads(target.simulator, order);
  await target.endpoint.forget();
  const before = await read(target);
  const { run } = await control.startLoad({ loads, ...(order.perSecond === undefined ? {} : { perSecond: order.perSecond }) });
  const report = await control.awaitLoad({ run, waitMs: CONFIRM_LIMIT_MS, sendings: true });
  const received = await awaitCondition(
    () => target.endpoint.received(),
    count => count >= before.received + report.messages,
    { waitMs: DELIVER_LIMIT_MS, what: `${report.messages} messages at the receiver` }
  );
  if (received !== before.received + report.messages)
    throw new Error(`the receiver got ${received - before.received} of ${report.messages} messages`);
  await target.settled();
  return costOf(report, { before, after: await read(target), answered: await target.endpoint.answered() });
}

interface Reading {
  readonly received: number;
  readonly nats: Awaited<ReturnType<typeof readNatsStatistics>>;
  readonly processes: Readonly<Record<ChainProcess, ProcessUsage>>;
}

async function read(target: ChainTarget): Promise<Reading> {
  const [received, nats] = await Promise.all([target.endpoint.received(), readNatsStatistics(target.monitor)]);
  const { pids } = target;
  const processes = {
    connector: readProcess(pids.connector),
    'nats-server': readProcess(pids['nats-server']),
    edge: readProcess(pids.edge),
    simulator: readProcess(pids.simulator),
    receiver: readProcess(pids.receiver)
  };
  return { received, nats, processes };
}

function costOf(
  { messages, startedAt, sendings = [] }: LoadReport,
  { before, after, answered }: { before: Reading; after: Reading; answered: readonly { id: string; at: number }[] }
): ChainCost {
  const each = (name: ChainProcess): ProcessUsage => {
    const used = usedSince(before.processes[name], after.processes[name]);
    return {
      cpuMs: used.cpuMs / messages,
      reads: used.reads / messages,
      writes: used.writes / messages,
      diskBytes: used.diskBytes / messages
    };
  };
  const stored = [...after.nats.stored].map(
    ([stream, last]) => [stream, (last - (before.nats.stored.get(stream) ?? 0)) / messages] as const
  );
  const answeredAt = new Map(answered.map(({ id, at }) => [id, at]));
  return {
    perSecond: (messages / (Math.max(...answeredAt.values()) - startedAt)) * 1_000,
    processes: {
      connector: each('connector'),
      'nats-server': each('nats-server'),
      edge: each('edge'),
      simulator: each('simulator'),
      receiver: each('receiver')
    },
    stored: new Map(stored.filter(([, count]) => count > 0)),
    received: (after.nats.received - before.nats.received) / messages,
    receivedBytes: (after.nats.receivedBytes - before.nats.receivedBytes) / messages,
    sent: (after.nats.sent - before.nats.sent) / messages,
    requests: (after.nats.requests - before.nats.requests) / messages,
    latencies: sendings.map(({ id, at }) => answeredAt.get(id)! - at)
  };
}
