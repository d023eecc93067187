import { rendezvous } from '@wabus/broker/lease-policy';
import type { SessionId } from '@wabus/contracts';
import type { OwnerRecord } from './ownership-records.codec.js';
import type { OwnershipTiming } from './ownership.options.js';

/** A connector that may get sessions. */
export interface ConnectorCandidate {
  readonly connector: string;
  readonly weight: number;
}

export interface KnownNode extends ConnectorCandidate {
  readonly incarnation: string;
  readonly ready: boolean;
  /** When this process first saw it, by its monotonic clock. */
  readonly firstSeenAt: number;
}

export interface KnownOwner extends OwnerRecord {
  readonly revision: number;
}

/** All inputs of a decision about sessions. */
export interface Situation {
  readonly connector: string;
  readonly now: number;
  readonly timing: Pick<OwnershipTiming, 'rebalanceAgeMs'>;
  /** How many sessions may be taken and given away now. */
  readonly allowance: { readonly acquire: number; readonly giveAway: number };
  /** The live connectors, by name. */
  readonly nodes: ReadonlyMap<string, KnownNode>;
  readonly owners: ReadonlyMap<SessionId, KnownOwner>;
  /** Sessions that have a record. */
  readonly sessions: Iterable<SessionId>;
  /** Sessions that this process runs. */
  readonly held: ReadonlySet<SessionId>;
  /** Sessions that this process is about to release or to take. */
  readonly busy: ReadonlySet<SessionId>;
}

export interface Assignment {
  readonly acquire: SessionId[];
  readonly giveAway: { readonly session: SessionId; readonly to: string }[];
  /** Owner keys without a record, which remain of deleted sessions. */
  readonly sweep: SessionId[];
}

/** Decides what this process should do now. Other processes decide from the same facts; if their views differ, compare-and-set decides. Pure. */
export function assign(situation: Situation): Assignment {
  const { connector, timing, allowance, nodes, owners, held, busy } = situation;
  const candidates = [...nodes.values()].filter(node => node.ready);
  const sessions = new Set(situation.sessions);
  const acquire: SessionId[] = [];
  const giveAway: { session: SessionId; to: string }[] = [];
  for (const session of sessions) {
    if (busy.has(session)) continue;
    const owner = owners.get(session);
    const owned = isOwned(owner, nodes);
    if (owned && owner.connector !== connector) continue;
    const place = choosePlace(session, candidates);
    if (!owned) {
      if ((heir(owner, nodes) ?? place) === connector) acquire.push(session);
    } else if (!held.has(session)) {
      acquire.push(session);
    } else if (place !== null && place !== connector && situation.now - nodes.get(place)!.firstSeenAt >= timing.rebalanceAgeMs) {
      giveAway.push({ session, to: place });
    }
  }
  return {
    acquire: acquire.slice(0, allowance.acquire),
    giveAway: giveAway.slice(0, allowance.giveAway),
    sweep: leftovers(situation, sessions, candidates)
  };
}

/**
 * Returns how many sessions may be taken in one tick, from a random number below 1: half to one and a half times the usual number, so that connectors that
 * restore their sessions at the same time do not log in to WhatsApp in step.
 */
export function acquireAllowance(perTick: number, random: number): number {
  return Math.max(1, Math.round(perTick * (0.5 + random)));
}

/** Returns the connector that should have a session; `null` without candidates. */
export function choosePlace(session: string, candidates: readonly ConnectorCandidate[]): string | null {
  return rendezvous(
    session,
    candidates.map(({ connector, weight }) => ({ name: connector, weight }))
  );
}

/** Returns the connector that should get a session when this process stops: the best place among the others; `null` without others. */
export function successor(session: SessionId, connector: string, nodes: ReadonlyMap<string, KnownNode>): string | null {
  return choosePlace(
    session,
    [...nodes.values()].filter(node => node.ready && node.connector !== connector)
  );
}

function leftovers(
  { connector, nodes, owners, busy }: Situation,
  sessions: ReadonlySet<SessionId>,
  candidates: ConnectorCandidate[]
): SessionId[] {
  return [...owners]
    .filter(([session]) => !sessions.has(session) && !busy.has(session))
    .filter(([session, owner]) => (isOwned(owner, nodes) ? owner.connector === connector : choosePlace(session, candidates) === connector))
    .map(([session]) => session);
}

function isOwned(owner: KnownOwner | undefined, nodes: ReadonlyMap<string, KnownNode>): owner is KnownOwner & { connector: string } {
  if (!owner?.connector) return false;
  return nodes.get(owner.connector)?.incarnation === owner.incarnation;
}

/** Returns the connector that the last owner named, if it can take the session. */
function heir(owner: KnownOwner | undefined, nodes: ReadonlyMap<string, KnownNode>): string | null {
  const to = owner?.to;
  return to !== undefined && owner?.connector === null && nodes.get(to)?.ready === true ? to : null;
}
