import { setTimeout as delay } from 'node:timers/promises';
import { awaitCondition, type SimulatedAccount } from '@wabus/testing';
import { gatherLeaders } from '../../faults/gather-leaders.js';
import type { WabusFixture } from '../../wabus.fixture.js';
import { LeaderTraffic } from './leader-traffic.js';
import { recordDifferences, judgeReader, readerFaults, type ReaderVerdict } from './leader.checker.js';
import { ModelReader } from './model.reader.js';

/** Requests that the killed server was handling are repeated after their timeout of 30 s. */
const DRAIN_LIMIT_MS = 90_000;
/** How long the measurement waits for duplicates. */
const QUIET_MS = 1_000;
const POLL_MS = 50;

export interface LeaderOptions {
  readonly perSecond: number;
  /** Messages written before each fault, and after the last one. */
  readonly messages: number;
  /** How many servers are killed one after another; each except the last is restarted. */
  readonly kills: number;
}

export interface LeaderResult {
  readonly messages: number;
  /** Streams and consumers that the killed server led. */
  readonly led: readonly string[];
  readonly readers: Readonly<Record<string, ReaderVerdict>>;
  /** From the last kill until every reader had received every message. */
  readonly drainMs: number;
  readonly records: number;
  readonly files: number;
  readonly lists: number;
  readonly repeated: Readonly<Record<string, number>>;
  readonly faults: readonly string[];
}

/**
 * Kills the nats-server that leads everything while contacts write, files are
 * stored and records are listed. The accounts are linked and their sessions open.
 */
export async function measureLeaderLoss(
  wabus: WabusFixture,
  accounts: ReadonlyMap<string, SimulatedAccount>,
  { perSecond, messages, kills }: LeaderOptions
): Promise<LeaderResult> {
  await using traffic = await LeaderTraffic.start(wabus, accounts);
  const { control, cluster } = wabus;
  const sent = async (): Promise<number> => (await control.stormProgress({})).sent;
  await traffic.write(perSecond);
  let led: string[] = [];
  let killedAt = Date.now();
  for (let kill = 0; kill < kills; kill++) {
    const node = kill % cluster!.nodes.length;
    led = await gatherLeaders(cluster!, node);
    const due = (await sent()) + messages;
    while ((await sent()) < due) await delay(POLL_MS);
    killedAt = Date.now();
    await cluster!.nodes[node]!.kill();
    const after = (await sent()) + messages;
    while ((await sent()) < after) await delay(POLL_MS);
    if (kill < kills - 1) await cluster!.nodes[node]!.restart();
  }
  const stopped = await control.stopStorm({});
  await Promise.all(traffic.careful.map(client => client.stop()));
  const expected = await traffic.expected();
  const readers = Object.entries(traffic.readers);
  const judge = (): (readonly [string, ReaderVerdict])[] =>
    readers.map(([name, arrivals]) => [name, judgeReader(expected, arrivals, killedAt)] as const);
  await awaitCondition(judge, verdicts => verdicts.every(([, { lost }]) => lost.length === 0), {
    waitMs: DRAIN_LIMIT_MS,
    what: 'every message at every reader'
  }).catch(judge);
  const drainMs = Date.now() - killedAt;
  await delay(QUIET_MS);
  const verdicts = judge();

  const models = new ModelReader(wabus.edge, [...accounts.keys()]);
  await models.awaitCurrent();
  const [live, texts] = [await models.read(), await models.texts()];
  const unprojected = expected.filter(({ receiver, text }) => !texts.has(`${receiver} ${text}`));
  await models.rebuild();
  const faults = [
    ...(stopped.failure === null ? [] : [stopped.failure]),
    ...traffic.complaints,
    ...traffic.careful.flatMap(({ complaints }) => complaints),
    // A subscription preserves the order only with one delivery in progress at a time over all its clients.
    ...verdicts.flatMap(([name, verdict]) => readerFaults(name, name === 'subscription' ? { ...verdict, outOfOrder: [] } : verdict)),
    ...(unprojected.length === 0 ? [] : [`${unprojected.length} messages are not in the read models, such as ${unprojected[0]!.text}`]),
    ...recordDifferences(live, await models.read())
  ];
  const figures = traffic.careful.map(client => client.figures);
  return {
    messages: stopped.sent,
    led,
    readers: Object.fromEntries(verdicts),
    drainMs,
    records: live.size,
    files: figures.reduce((sum, { files }) => sum + files, 0),
    lists: figures.reduce((sum, { lists }) => sum + lists, 0),
    repeated: figures.reduce<Record<string, number>>((all, { repeated }) => {
      for (const [code, times] of Object.entries(repeated)) all[code] = (all[code] ?? 0) + times;
      return all;
    }, {}),
    faults
  };
}
