import { awaitCondition, type LoginPeriod } from '@wabus/testing';
import type { ConnectorFleet } from '../faults/connector-fleet.js';
import { unsettled } from '../faults/ownership.checker.js';

/** The effect of a second connector on the sessions of the first. */
export interface ScaleOut {
  /** Sessions of each connector at the end. */
  readonly split: number[];
  /** From the readiness of the second connector until the last session was open on its final connector. */
  readonly settledMs: number;
  /** How long each moved session was not logged in to WhatsApp. */
  readonly awayMs: number[];
  /** Logins of sessions that did not move, or second moves: none are needed. */
  readonly needless: number;
}

const QUIET_MS = 5_000;
const LIMIT_MS = 120_000;

/** Adds a connector to one that owns all sessions, and observes until nothing has moved for a while. */
export async function measureScaleOut(fleet: ConnectorFleet): Promise<ScaleOut> {
  const { scenario } = fleet;
  await fleet.add();
  const since = Date.now();
  let changedAt = since;
  let before = '';
  await awaitCondition(
    async () => {
      const facts = await scenario.facts(fleet.ids);
      const owners = facts.sessions.map(({ status }) => `${status.connector}${status.epoch}${status.state}`).join();
      if (owners !== before || unsettled(facts).length > 0) changedAt = Date.now();
      before = owners;
      return Date.now() - changedAt;
    },
    quietMs => quietMs > QUIET_MS,
    { waitMs: LIMIT_MS, what: 'an end of the moves' }
  );
  const logins = (await scenario.wabus.control.logins({})).filter(({ from }) => from >= since);
  const moved = new Set(logins.map(({ phoneNumber }) => phoneNumber));
  return {
    split: await Promise.all(fleet.ids.map(async id => (await scenario.sessionsOf(id)).length)),
    settledMs: Math.max(0, ...logins.map(({ from }) => from - since)),
    awayMs: await gaps(scenario.wabus.control.logins({}), logins),
    needless: logins.length - moved.size
  };
}

async function gaps(all: Promise<LoginPeriod[]>, later: LoginPeriod[]): Promise<number[]> {
  const periods = await all;
  return later.map(login => {
    const ends = periods.filter(({ phoneNumber, from }) => phoneNumber === login.phoneNumber && from < login.from).map(({ to }) => to);
    return login.from - (ends.at(-1) ?? login.from);
  });
}
