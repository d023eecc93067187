import {
  SESSION_STATES,
  decodeJsonRecord,
  decodeProcess,
  parseConnectorKey,
  parseRegistryKey,
  type ProcessView,
  type SessionId,
  type SessionRecord,
  type SessionState,
  type SessionStatusRecord
} from '@wabus/contracts';

const DESIRED = ['running', 'stopped', 'logged-out', 'deleted'];

/** Decodes the value of a `session.<id>` key. Returns `null` if it is not a valid record. */
export function decodeRecord(session: SessionId, value: Uint8Array): SessionRecord | null {
  const record = decodeJsonRecord<Partial<SessionRecord>>(value);
  const valid = record?.session === session && DESIRED.includes(record.desired as string) && Number.isSafeInteger(record.generation);
  return valid ? (record as SessionRecord) : null;
}

/** Decodes the value of a `status.<id>` key. Returns `null` if it is not a valid status. */
export function decodeStatus(session: SessionId, value: Uint8Array): SessionStatusRecord | null {
  const status = decodeJsonRecord<Partial<SessionStatusRecord>>(value);
  return status?.session === session && SESSION_STATES.includes(status.state as SessionState) ? (status as SessionStatusRecord) : null;
}

/** A key at one revision. `value` is `null` if it was deleted. */
export interface RegistryChange {
  readonly key: string;
  readonly value: Uint8Array | null;
  readonly revision: number;
}

/** The registry as this edge knows it. Changes may arrive late, twice and out of order; each key keeps its newest revision. */
export class RegistryState {
  private readonly revisions = new Map<string, number>();
  private readonly records = new Map<SessionId, SessionRecord>();
  private readonly statuses = new Map<SessionId, SessionStatusRecord>();
  private readonly reports = new Map<string, ProcessView>();

  /** Applies a change. Returns `false` if its value is unreadable; the key then counts as deleted. */
  apply({ key, value, revision }: RegistryChange): boolean {
    const parsed = parseRegistryKey(key);
    const connector = parseConnectorKey(key);
    if ((parsed === null && connector === null) || revision <= (this.revisions.get(key) ?? 0)) return true;
    this.revisions.set(key, revision);
    if (connector !== null) return replace(this.reports, connector, value, (_id, bytes) => decodeProcess(bytes));
    if (parsed === null) return true;
    const { kind, session } = parsed;
    return kind === 'session' ? replace(this.records, session, value, decodeRecord) : replace(this.statuses, session, value, decodeStatus);
  }

  record(session: SessionId): SessionRecord | undefined {
    return this.records.get(session);
  }

  status(session: SessionId): SessionStatusRecord | undefined {
    return this.statuses.get(session);
  }

  /** Returns the connectors that statuses name, and those that have a report. */
  connectors(): ReadonlySet<string> {
    return new Set([...[...this.statuses.values()].flatMap(({ connector }) => connector ?? []), ...this.reports.keys()]);
  }

  /** Returns the report of a connector, or `undefined` if the connector is of an older release or has left. */
  report(connector: string): ProcessView | undefined {
    return this.reports.get(connector);
  }

  /** Returns the first status that satisfies `wanted`. */
  findStatus(wanted: (status: SessionStatusRecord) => boolean): SessionStatusRecord | undefined {
    for (const status of this.statuses.values()) if (wanted(status)) return status;
    return undefined;
  }

  /** Returns all records, ordered by session id. */
  all(): SessionRecord[] {
    return [...this.records.values()].sort((a, b) => (a.session < b.session ? -1 : 1));
  }
}

type Decode<Id, T> = (id: Id, value: Uint8Array) => T | null;

function replace<Id, T>(known: Map<Id, T>, id: Id, value: Uint8Array | null, decode: Decode<Id, T>): boolean {
  const decoded = value === null ? null : decode(id, value);
  if (decoded === null) known.delete(id);
  else known.set(id, decoded);
  return decoded !== null || value === null;
}
