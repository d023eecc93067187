import { setTimeout as delay } from 'node:timers/promises';
import { awaitCondition } from '@wabus/testing';
import type { ConnectorFleet } from '../faults/connector-fleet.js';
import { unsettled } from '../faults/ownership.checker.js';

/** A connector gets sessions of others only once it has run for this long; an earlier move would disturb the measurement. */
const SETTLING_MS = 3_500;

/**
 * Repeatedly ends the connector that has most sessions, at any time between two renewals of its lease, each time with a second connector running.
 * Returns, for every session that lost its owner, after how many ms it was open on the other connector.
 */
export async function measureTakeovers(fleet: ConnectorFleet, how: 'kill' | 'stop', times: number): Promise<number[]> {
  const samples: number[] = [];
  for (let time = 1; time <= times; time++) {
    await prepare(fleet);
    await delay(Math.random() * 1_000);
    const taken = await takeover(fleet, how);
    samples.push(...taken);
    process.stderr.write(`${how === 'kill' ? 'SIGKILL' : 'SIGTERM'} ${time} of ${times}: ${taken.join(', ')} ms\n`);
  }
  return samples;
}

async function prepare(fleet: ConnectorFleet): Promise<void> {
  while (fleet.ids.length < 2) await fleet.add();
  await delay(SETTLING_MS);
  await awaitCondition(
    async () => unsettled(await fleet.scenario.facts(fleet.ids)),
    open => open.length === 0,
    { waitMs: 30_000, what: 'every session open before the next fault' }
  );
}

async function takeover(fleet: ConnectorFleet, how: 'kill' | 'stop'): Promise<number[]> {
  const { scenario } = fleet;
  const shares = await Promise.all(fleet.ids.map(async id => ({ id, sessions: await scenario.sessionsOf(id) })));
  const victim = shares.reduce((most, share) => (share.sessions.length > most.sessions.length ? share : most));
  const since = Date.now();
  const ended = fleet.end(victim.id, how);
  const openAt = new Map<string, number>();
  await awaitCondition(
    async () => {
      for (const { session, status } of await scenario.views()) {
        const elsewhere = status.state === 'open' && status.connector !== victim.id;
        // The time in the owner's status, because the measurement reads it later.
        if (victim.sessions.includes(session) && elsewhere && !openAt.has(session)) openAt.set(session, Date.parse(status.updatedAt));
      }
      return openAt.size;
    },
    count => count === victim.sessions.length,
    { waitMs: 60_000, what: `sessions of ${victim.id} open elsewhere` }
  );
  await ended;
  return [...openAt.values()].map(at => at - since);
}
