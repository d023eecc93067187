import type { SessionStatus } from '@wabus/contracts';
import type { LoginPeriod } from '@wabus/testing';

/** One write to the ownership bucket, as the server stored it. */
export interface JournalEntry {
  readonly sequence: number;
  readonly key: string;
  /** The epoch that the write expected; `null` if the write had none of its own, as later members of a batch. */
  readonly fence: number | null;
  readonly batch: string | null;
  /** For owner keys: the connector in the record, `null` if there is none. */
  readonly owner: string | null;
}

/** The state of the system as observed from outside at one time. */
export interface OwnershipFacts {
  /** The status of every session, and its account. */
  readonly sessions: readonly { readonly status: SessionStatus; readonly phoneNumber: string }[];
  /** Ids of the connectors that may currently own sessions. */
  readonly connectors: readonly string[];
  /** Every login at WhatsApp. */
  readonly logins: readonly LoginPeriod[];
  /** How many times WhatsApp notified an older login that a newer one replaced it. */
  readonly conflicts: number;
  /** Every observed write, in any order. */
  readonly journal: readonly JournalEntry[];
}

/** Returns the remaining problems after a fault; empty if every session is open on exactly one connector. Pure. */
export function unsettled({ sessions, connectors, logins, journal }: OwnershipFacts): string[] {
  return sessions.flatMap(({ status, phoneNumber }) => {
    const { session, state, connector, epoch } = status;
    const live = logins.filter(login => login.phoneNumber === phoneNumber && login.to === null).length;
    const owner = ownerWrites(journal, session).at(-1);
    const rules: [holds: boolean, broken: string][] = [
      [state === 'open', `${session} is ${state}`],
      [connector !== null && connectors.includes(connector), `${session} is reported by ${connector ?? 'nobody'}`],
      [live === 1, `${session} has ${live} live logins`],
      [owner?.owner === connector && owner.sequence === epoch, `${session} is owned by ${owner?.owner ?? 'nobody'}, not as its status says`]
    ];
    return rules.filter(([holds]) => !holds).map(([, broken]) => broken);
  });
}

/** Returns events that must never happen: two live logins of one device without a conflict, a key written with an outdated epoch. Pure. */
export function breaches({ logins, conflicts, journal }: OwnershipFacts): string[] {
  return [...doubleLogins(logins, conflicts), ...staleWrites(journal)];
}

function doubleLogins(logins: readonly LoginPeriod[], conflicts: number): string[] {
  const found: string[] = [];
  const latest = new Map<string, LoginPeriod>();
  for (const login of [...logins].sort((a, b) => a.from - b.from)) {
    const device = `${login.phoneNumber}:${login.device}`;
    const before = latest.get(device);
    if (before && (before.end === 'overlapped' || before.to === null || before.to > login.from)) {
      found.push(`${device} logged in twice at ${login.from} without a conflict`);
    }
    latest.set(device, login);
  }
  const replaced = logins.filter(({ end }) => end === 'replaced').length;
  if (replaced > conflicts) found.push(`${replaced} logins were replaced, but only ${conflicts} conflicts told`);
  return found;
}

function staleWrites(journal: readonly JournalEntry[]): string[] {
  const fences = new Map(journal.filter(({ batch, fence }) => batch !== null && fence !== null).map(({ batch, fence }) => [batch, fence]));
  const found: string[] = [];
  const epochs = new Map<string, number>();
  for (const { sequence, key, fence, batch } of [...journal].sort((a, b) => a.sequence - b.sequence)) {
    const [kind, session = ''] = key.split('.');
    if (kind === 'own') epochs.set(session, sequence);
    if (kind !== 'auth') continue;
    const expected = fence ?? fences.get(batch);
    if (expected === undefined || expected === null) continue;
    const epoch = epochs.get(session) ?? 0;
    // The server accepted a later epoch, so the owner key had that epoch: its write was overwritten before it was read.
    if (expected > epoch) epochs.set(session, expected);
    if (expected < epoch) found.push(`${key} was written at ${sequence} under epoch ${expected}, when the epoch was ${epoch}`);
  }
  return found;
}

/** Returns the writes of a session's owner key, oldest first. */
export function ownerWrites(journal: readonly JournalEntry[], session: string): JournalEntry[] {
  return journal.filter(({ key }) => key === `own.${session}`).sort((a, b) => a.sequence - b.sequence);
}
