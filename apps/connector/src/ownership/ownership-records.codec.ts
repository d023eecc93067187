import { decodeJsonRecord, isSessionId, type SessionId, type SessionRecord } from '@wabus/contracts';

export { decodeNode, nodeKey, type NodeRecord } from '@wabus/contracts';

export const NODE_KEYS = 'node.*';
export const OWNER_KEYS = 'own.*';

/** The key whose revision is the epoch of a session. */
export const ownerKey = (session: SessionId): string => `own.${session}`;

/** The owner of a session, stored under `own.<session>`. */
export interface OwnerRecord {
  /** `null` if there is no owner. */
  readonly connector: string | null;
  readonly incarnation: string | null;
  /** The connector to which the last owner gave it. */
  readonly to?: string;
}

/** The presence name of one run of a connector. */
export const presenceName = (connector: string, incarnation: string): string => `${connector}-${incarnation}`;

/** A damaged value names no owner, so the session is free. */
export function decodeOwner(value: Uint8Array): OwnerRecord {
  const { connector, incarnation, to } = decodeJsonRecord<Record<string, unknown>>(value) ?? {};
  const owned = typeof connector === 'string' && typeof incarnation === 'string';
  return { connector: owned ? connector : null, incarnation: owned ? incarnation : null, ...(typeof to === 'string' ? { to } : {}) };
}

const DESIRED = new Set<unknown>(['running', 'stopped', 'logged-out', 'deleted'] satisfies SessionRecord['desired'][]);

/** Returns `null` if the value is not the record of that session: this process then leaves the session unchanged. */
export function decodeSessionRecord(session: SessionId, value: Uint8Array): SessionRecord | null {
  return decodeJsonRecord<SessionRecord>(
    value,
    record => record.session === session && DESIRED.has(record.desired) && Number.isSafeInteger(record.generation)
  );
}

/** Returns the connector of a node key or the session of an owner key: everything after the first dot. */
export function nameInKey(key: string): string {
  return key.slice(key.indexOf('.') + 1);
}

/** Returns the session of an owner key; `null` if it is not one. */
export function sessionInKey(key: string): SessionId | null {
  const name = nameInKey(key);
  return isSessionId(name) ? name : null;
}
