import { awaitCondition, type LoadReport, type RunningSimulator } from '@wabus/testing';
import type { LoadTarget } from './targets/load-target.js';

const CONFIRM_LIMIT_MS = 300_000;
const STORE_LIMIT_MS = 60_000;

/** Messages for linked devices, from contacts in turns. */
export interface InboundOrder {
  readonly phoneNumbers: readonly string[];
  readonly contacts: readonly string[];
  /** The group of each account, if the messages are sent through a group. */
  readonly groups?: ReadonlyMap<string, string>;
  /** For each account. */
  readonly messagesEach: number;
  /** For all accounts together; if missing, each message follows as soon as the previous ones are confirmed. */
  readonly perSecond?: number;
}

/** The cost of one load for the process that received it. */
export interface LoadCost {
  readonly perSecond: number;
  readonly cpuMsPerMessage: number;
  /** CPU time of the simulator for the same messages. */
  readonly simulatorCpuMsPerMessage: number;
}

/**
 * Sends a load to a target, until everything is confirmed to WhatsApp and stored by the target. The load is encrypted before the measurement begins.
 * @throws Error if the target has not received exactly the messages that were sent
 */
export async function receiveLoad(simulator: RunningSimulator, target: LoadTarget, order: InboundOrder): Promise<LoadCost> {
  const loads = await prepareLoads(simulator, order);
  const before = await target.usage();
  const { run } = await simulator.control.startLoad({ loads, ...(order.perSecond === undefined ? {} : { perSecond: order.perSecond }) });
  const report = await simulator.control.awaitLoad({ run, waitMs: CONFIRM_LIMIT_MS });
  const expected = before.received + report.messages;
  const after = await awaitCondition(
    () => target.usage(),
    ({ received }) => received >= expected,
    { waitMs: STORE_LIMIT_MS, what: `${expected} messages taken in by ${target.name}` }
  );
  if (after.received !== expected)
    throw new Error(`${target.name} took in ${after.received - before.received} of ${report.messages} messages`);
  return costOf(report, after.cpuMs - before.cpuMs);
}

/** Encrypts a load, one part for each account. */
export async function prepareLoads(
  simulator: RunningSimulator,
  { phoneNumbers, contacts, groups, messagesEach }: InboundOrder
): Promise<string[]> {
  const loads: string[] = [];
  for (const to of phoneNumbers) {
    const groupJid = groups?.get(to);
    const content = { to, from: [...contacts], messages: messagesEach, ...(groupJid === undefined ? {} : { groupJid }) };
    loads.push((await simulator.control.prepareLoad(content)).load);
  }
  return loads;
}

function costOf({ messages, startedAt, confirmedAt, cpuMs: simulatorCpuMs }: LoadReport, cpuMs: number): LoadCost {
  return {
    perSecond: (messages / (confirmedAt - startedAt)) * 1_000,
    cpuMsPerMessage: cpuMs / messages,
    simulatorCpuMsPerMessage: simulatorCpuMs / messages
  };
}

/** Runs rounds of both sides in alternating order, so that neither is always the first. */
export async function alternate<T, S = T>(
  rounds: number,
  ours: () => Promise<T>,
  theirs: () => Promise<S>
): Promise<{ ours: T[]; theirs: S[] }> {
  const results = { ours: [] as T[], theirs: [] as S[] };
  for (let round = 0; round < rounds; round++) {
    const steps = [async () => results.ours.push(await ours()), async () => results.theirs.push(await theirs())];
    for (const step of round % 2 === 0 ? steps : steps.reverse()) await step();
  }
  return results;
}

/** Returns a number of messages for which both sides, at the rates of a trial, need about `seconds`; at least 100. */
export function roundSize(seconds: number, ...trials: readonly Pick<LoadCost, 'perSecond'>[]): number {
  const product = trials.reduce((rates, { perSecond }) => rates * perSecond, 1);
  return Math.max(100, Math.round(seconds * product ** (1 / trials.length)));
}
