import type { Change } from '@wabus/broker';
import { parseRegistryKey, type SessionId } from '@wabus/contracts';
import type { KnownNode, KnownOwner } from './assignment.policy.js';
import { firstSight, type Sight } from './liveness.policy.js';
import { decodeNode, decodeOwner, decodeSessionRecord, nameInKey, sessionInKey } from './ownership-records.codec.js';
import type { RecordedSession } from './owned-session.js';

export interface SeenNode extends KnownNode {
  readonly revision: number;
  sight: Sight;
}

/** The connectors, owners and session records that this process has observed. It can be stale: only compare-and-set decides. */
export class OwnershipState {
  readonly nodes = new Map<string, SeenNode>();
  readonly owners = new Map<SessionId, KnownOwner>();
  readonly records = new Map<SessionId, RecordedSession>();

  /** Applies a change of a node key. Returns its connector, and whether the set of connectors that take sessions changed. */
  applyNode(change: Change, now: number): { connector: string; changed: boolean } {
    const connector = nameInKey(change.kind === 'put' ? change.entry.key : change.key);
    const before = this.nodes.get(connector);
    const record = change.kind === 'put' ? decodeNode(change.entry.value) : null;
    if (change.kind === 'delete' || record === null) {
      // A marker older than the last observed renewal is stale.
      if (change.kind === 'delete' && before && before.revision > change.revision) return { connector, changed: false };
      return { connector, changed: this.nodes.delete(connector) };
    }
    const same = before?.incarnation === record.incarnation;
    this.nodes.set(connector, {
      ...record,
      connector,
      revision: change.entry.revision,
      firstSeenAt: same ? before.firstSeenAt : now,
      sight: firstSight(now)
    });
    return { connector, changed: !same || before.ready !== record.ready };
  }

  /** Applies a change of an owner key. Returns its session; `null` if the change is stale or concerns no session. */
  applyOwner(change: Change): SessionId | null {
    const session = sessionInKey(change.kind === 'put' ? change.entry.key : change.key);
    if (session === null) return null;
    const revision = change.kind === 'put' ? change.entry.revision : change.revision;
    if ((this.owners.get(session)?.revision ?? 0) >= revision) return null;
    if (change.kind === 'delete') this.owners.delete(session);
    else this.owners.set(session, { ...decodeOwner(change.entry.value), revision });
    return session;
  }

  /** Applies a change of a record. Returns its session; `null` if it is not a session record or is unreadable. */
  applyRecord(change: Change): SessionId | null {
    const key = change.kind === 'put' ? change.entry.key : change.key;
    const parsed = parseRegistryKey(key);
    if (parsed?.kind !== 'session') return null;
    const { session } = parsed;
    if (change.kind === 'delete') {
      this.records.delete(session);
      return session;
    }
    const record = decodeSessionRecord(session, change.entry.value);
    if (record === null) return null;
    // An erased record concerns only edges.
    if (record.erased) {
      this.records.delete(session);
      return session;
    }
    this.records.set(session, { record, revision: change.entry.revision });
    return session;
  }
}
