import { setTimeout as delay } from 'node:timers/promises';
import type { EventEnvelope, EventPayloads, SessionStatus } from '@wabus/contracts';
import { awaitCondition, type EventClient, type Faults, type SimulatedAccount } from '@wabus/testing';
import { WabusFixture } from '../../wabus.fixture.js';
import { seededRandom } from '../seeded-random.js';
import { castOf, playerOf, REFUSED_KINDS, type Kind, type Player } from './rehearsal-cast.js';
import type { Expected, Rehearsed } from './rehearsal.checker.js';
import { RehearsalTraffic } from './rehearsal-traffic.js';

/**
 * The service ends the stream of a client that leaves a status post without an ack for 3,001 to 3,002 s (WAHA 2151, whatsapp-rust PR 1101). A
 * rehearsal is shorter than that, so here the limit is a fiftieth of it.
 */
const STATUS_ACK_MS = 60_000;
const BANNED: Faults = { refuseLoginWith: { reason: 402, code: '101', expire: '3600' } };
const LOCKED: Faults = { refuseLoginWith: { reason: 403, location: 'vll', violation_reason: '14' } };
/** Kinds whose accounts are not migrated to LIDs when they are linked. */
const BY_NUMBER: ReadonlySet<Kind> = new Set<Kind>(['by-number', 'migrating']);
const LINKS_AT_ONCE = 5;
const SETTLE_MS = 60_000;

export interface RehearsalOptions {
  readonly seed: number;
  readonly accounts: number;
  /** The duration of the traffic. */
  readonly lengthMs: number;
  /** The average interval between the steps of each account. */
  readonly everyMs: number;
  /** Environment variables of the connectors. */
  readonly env: Record<string, string>;
}

export interface RehearsalResult {
  readonly seen: Rehearsed;
  readonly accounts: Readonly<Record<string, number>>;
  readonly reconnects: number;
  /** How often each refusal occurred, by command and code. */
  readonly refused: Readonly<Record<string, number>>;
  /** The longest time that a status post waited for its ack. */
  readonly slowestPostAckMs: number;
}

/** Runs accounts of every kind in normal operation, with connections that end and a service as strict as the current one. */
export async function measureRehearsal(options: RehearsalOptions): Promise<RehearsalResult> {
  const { seed, accounts, lengthMs, everyMs, env } = options;
  await using wabus = await WabusFixture.start({ connectors: 2, connectorEnv: env });
  await wabus.control.setQueue({ statusAckMs: STATUS_ACK_MS });
  const events = await wabus.edge.connectEvents({ reconnection: true });
  await events.follow({ events: ['messages.upsert', 'session.status'] });
  const random = seededRandom(seed);
  const players = await linkAll(wabus, castOf(accounts));
  const refusedAfter = await refuse(wabus, players);
  const watched = players.filter(({ kind }) => !REFUSED_KINDS.has(kind));
  const traffic = watched.map(player => new RehearsalTraffic(wabus, player, seededRandom(Math.floor(random() * 2 ** 32))));

  const since = new Date().toISOString();
  for (const one of traffic) await one.open();
  await restrict(wabus, players);
  const running = traffic.map(one => one.run(everyMs));
  await delay(lengthMs / 2);
  await outdate(wabus, players, traffic);
  await migrate(wabus, players);
  await delay(lengthMs / 2);
  for (const one of traffic) one.stop();
  await Promise.all(running);
  await Promise.all(watched.map(({ session }) => wabus.awaitState(session, 'open', SETTLE_MS).catch(() => null)));
  for (const one of traffic) await one.close();
  await Promise.all(traffic.map(one => settle(wabus, events, one)));

  const seen = { ...(await observe(wabus, events, { traffic, since })), insisted: await insistedLogins(wabus, refusedAfter) };
  const counters = await Promise.all(watched.map(async ({ session }) => (await wabus.session(session)).status.counters.reconnects));
  return {
    seen,
    accounts: countOf(players.map(({ kind }) => kind)),
    reconnects: counters.reduce((sum, count) => sum + count, 0),
    slowestPostAckMs: (await wabus.control.stats({})).slowestPostAckMs,
    refused: countOf(seen.refusals.map(({ command, code }) => `${command} ${code}`))
  };
}

async function linkAll(wabus: WabusFixture, kinds: readonly Kind[]): Promise<Player[]> {
  const players: Player[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    for (let i = next++; i < kinds.length; i = next++) {
      const session = `r${i + 1}`;
      const account = await wabus.pair(session, SETTLE_MS, { migrated: !BY_NUMBER.has(kinds[i]!) });
      players.push(await playerOf(wabus.control, { session, kind: kinds[i]!, account }));
      process.stderr.write(`${players.length} of ${kinds.length} linked\n`);
    }
  };
  await Promise.all(Array.from({ length: LINKS_AT_ONCE }, work));
  return players;
}

/** Makes WhatsApp refuse the logins of some accounts from now on. Resolves with the number of logins that each had. */
async function refuse(wabus: WabusFixture, players: readonly Player[]): Promise<Map<Player, number>> {
  const after = new Map<Player, number>();
  for (const player of players.filter(({ kind }) => REFUSED_KINDS.has(kind))) {
    const { phoneNumber } = player.account;
    await wabus.control.setFaults({ phoneNumber, faults: player.kind === 'banned' ? BANNED : LOCKED });
    await wabus.control.disconnect({ phoneNumber, how: 'close' });
    await awaitCondition(
      () => wabus.session(player.session),
      ({ status }) => status.lastDisconnect?.refusal !== undefined,
      { waitMs: SETTLE_MS, what: `the refusal of ${player.session}` }
    );
    after.set(player, await loginsOf(wabus, player.account));
  }
  return after;
}

/** Makes the service refuse the connectors' version, with a newer one on its page: clients that reconnect must find that version. */
async function outdate(wabus: WabusFixture, players: readonly Player[], traffic: readonly RehearsalTraffic[]): Promise<void> {
  const outdated = players.filter(({ kind }) => kind === 'outdated');
  if (outdated.length === 0) return;
  const { revision } = await wabus.control.setVersions({});
  const newest = `2.3000.${revision + 1}`;
  await wabus.control.setVersions({ revision: revision + 1, oldestVersion: newest });
  // From now on, every client that loses its connection detects that its version is outdated.
  for (const one of traffic) one.provoked.add('client-outdated');
  for (const { account, session } of outdated) {
    traffic.find(({ player }) => player.session === session)?.provoked.add('connection-closed');
    await wabus.control.disconnect({ phoneNumber: account.phoneNumber, how: 'close' });
  }
}

/** Forbids some accounts to begin new chats, and permits others only one more. */
async function restrict(wabus: WabusFixture, players: readonly Player[]): Promise<void> {
  for (const { kind, account } of players) {
    const { phoneNumber } = account;
    if (kind === 'time-locked') await wabus.control.setReach({ phoneNumber, lock: { kind: 'RESTRICT_ALL_COMPANIONS', forMs: 3_600_000 } });
    if (kind === 'near-quota') await wabus.control.setReach({ phoneNumber, quota: { total: 20, used: 19 } });
  }
}

/** Makes the phones of some accounts announce the migration to LIDs. */
async function migrate(wabus: WabusFixture, players: readonly Player[]): Promise<void> {
  for (const { kind, account } of players)
    if (kind === 'migrating') await wabus.control.migrate({ phoneNumber: account.phoneNumber, how: 'message' });
}

/** Waits until all written messages are published, up to a limit. */
async function settle(wabus: WabusFixture, events: EventClient, { player, written }: RehearsalTraffic): Promise<void> {
  const last = written.at(-1)?.text ?? '';
  await awaitCondition(() => publishedTexts(events).some(({ text }) => text === last), Boolean, {
    waitMs: SETTLE_MS,
    what: `the last message of ${player.session}`
  }).catch(() => null);
  await awaitCondition(
    () => unconfirmedOf(wabus, player.account),
    stanzas => stanzas === 0,
    { waitMs: SETTLE_MS, what: `the queue of ${player.session}` }
  ).catch(() => null);
}

async function observe(
  wabus: WabusFixture,
  events: EventClient,
  { traffic, since }: { traffic: readonly RehearsalTraffic[]; since: string }
): Promise<Omit<Rehearsed, 'insisted'>> {
  const received: Expected[] = [];
  const unconfirmed: { session: string; stanzas: number }[] = [];
  const strayed: { session: string; state: string; reason: string }[] = [];
  const locked: { session: string; resends: number }[] = [];
  const toNobody: { session: string; messages: number }[] = [];
  for (const { player } of traffic) {
    const { session, account, contact } = player;
    const texts = await wabus.control.received({ phoneNumber: contact.phoneNumber });
    received.push(...texts.flatMap(({ text }) => (text === null ? [] : { who: contact.phoneNumber, text })));
    const stanzas = await unconfirmedOf(wabus, account);
    if (stanzas > 0) unconfirmed.push({ session, stanzas });
    const { state, lastDisconnect } = (await wabus.session(session)).status;
    const { locked: isLocked, resends } = await wabus.control.resends({ phoneNumber: account.phoneNumber });
    if (isLocked) locked.push({ session, resends });
    const { toNobody: messages } = await wabus.control.reach({ phoneNumber: account.phoneNumber });
    if (messages > 0) toNobody.push({ session, messages });
    if (state !== 'open') strayed.push({ session, state, reason: lastDisconnect?.reason ?? 'no reason' });
  }
  return {
    written: traffic.flatMap(one => one.written),
    published: publishedTexts(events),
    sent: traffic.flatMap(one => one.sent),
    received,
    ended: endsIn(events, new Set(traffic.map(({ player }) => player.session)), since),
    provoked: new Map(traffic.map(({ player, provoked }) => [player.session, provoked])),
    refusals: traffic.flatMap(one => one.refusals),
    unconfirmed,
    strayed,
    locked,
    toNobody
  };
}

/** Returns each end of a connection once, because a status repeats the last end until there is another. */
function endsIn(events: EventClient, sessions: ReadonlySet<string>, since: string): Rehearsed['ended'] {
  const ends = new Map<string, { session: string; reason: string }>();
  for (const { event, session, data } of events.envelopes) {
    if (event !== 'session.status' || !sessions.has(session)) continue;
    const { lastDisconnect } = data as SessionStatus;
    if (lastDisconnect && lastDisconnect.at >= since)
      ends.set(`${session} ${lastDisconnect.at}`, { session, reason: lastDisconnect.reason });
  }
  return [...ends.values()];
}

function publishedTexts(events: EventClient): Expected[] {
  return events.envelopes.filter(isUpsert).flatMap(({ session, data }) =>
    data.messages.flatMap(({ key, message }) => {
      const text = message?.conversation ?? message?.extendedTextMessage?.text;
      return text === undefined || text === null || key.fromMe ? [] : { who: session, text };
    })
  );
}

function isUpsert(envelope: EventEnvelope): envelope is EventEnvelope & { data: EventPayloads['messages.upsert'] } {
  return envelope.event === 'messages.upsert';
}

async function unconfirmedOf(wabus: WabusFixture, { phoneNumber }: SimulatedAccount): Promise<number> {
  return (await wabus.control.devices({ phoneNumber })).reduce((sum, { unconfirmed }) => sum + unconfirmed, 0);
}

async function loginsOf(wabus: WabusFixture, { phoneNumber }: SimulatedAccount): Promise<number> {
  return (await wabus.control.logins({ phoneNumber })).length;
}

/** Returns the accounts that tried again although the refusal forbade it. */
async function insistedLogins(wabus: WabusFixture, refusedAfter: ReadonlyMap<Player, number>): Promise<Rehearsed['insisted']> {
  const counts = [...refusedAfter].map(async ([{ session, account }, before]) => ({
    session,
    logins: (await loginsOf(wabus, account)) - before
  }));
  return (await Promise.all(counts)).filter(({ logins }) => logins > 0);
}

function countOf(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of [...names].sort()) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}
