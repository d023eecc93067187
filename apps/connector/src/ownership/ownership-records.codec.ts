import { decodeJsonRecord, isSessionId, type SessionId, type SessionRecord } from '@wabus/contracts';

export { decodeNode, nodeKey, type NodeRecord } from '@wabus/contracts';

export const NODE_KEYS = 'node.*';
export const OWNER_KEYS = 'own.*';

/** The key whose revision is the epoch of a session. */
export const ownerKey = (session: SessionId): string => `own.${session}`;

/** Who has a session: key `own.<session>`. */
export interface OwnerRecord {
  /** `null`: nobody. */
  readonly connector: string | null;
  readonly incarnation: string | null;
  /** To whom the last owner gave it. */
  readonly to?: string;
}

/** The name under which one run of a connector answers whether it is there. */
export const presenceName = (connector: string, incarnation: string): string => `${connector}-${incarnation}`;

/** A damaged value names nobody: the session is free. */
export function decodeOwner(value: Uint8Array): OwnerRecord {
  const { connector, incarnation, to } = decodeJsonRecord<Record<string, unknown>>(value) ?? {};
  const owned = typeof connector === 'string' && typeof incarnation === 'string';
  return { connector: owned ? connector : null, incarnation: owned ? incarnation : null, ...(typeof to === 'string' ? { to } : {}) };
}

const DESIRED = new Set<unknown>(['running', 'stopped', 'logged-out', 'deleted'] satisfies SessionRecord['desired'][]);

/** `null` when the value is not the record of that session: then this process leaves the session as it is. */
export function decodeSessionRecord(session: SessionId, value: Uint8Array): SessionRecord | null {
  return decodeJsonRecord<SessionRecord>(
    value,
    record => record.session === session && DESIRED.has(record.desired) && Number.isSafeInteger(record.generation)
  );
}

/** The connector of a node key or the session of an owner key: what follows the first dot. */
export function nameInKey(key: string): string {
  return key.slice(key.indexOf('.') + 1);
}

/** The session of an owner key, `null` if it is not one. */
export function sessionInKey(key: string): SessionId | null {
  const name = nameInKey(key);
  return isSessionId(name) ? name : null;
}
