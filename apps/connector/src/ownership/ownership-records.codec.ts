import { isSessionId, type NodeRecord, type SessionId, type SessionRecord } from '@wabus/contracts';

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

export const encodeRecord = (record: NodeRecord | OwnerRecord): Uint8Array => new TextEncoder().encode(JSON.stringify(record));

/** A value that cannot be read counts as nobody. */
export function decodeOwner(value: Uint8Array): OwnerRecord {
  const { connector, incarnation, to } = decodeObject(value);
  const owned = typeof connector === 'string' && typeof incarnation === 'string';
  return { connector: owned ? connector : null, incarnation: owned ? incarnation : null, ...(typeof to === 'string' ? { to } : {}) };
}

const DESIRED = new Set<unknown>(['running', 'stopped', 'logged-out', 'deleted'] satisfies SessionRecord['desired'][]);

/** `null` when the value is not the record of that session. */
export function decodeSessionRecord(session: SessionId, value: Uint8Array): SessionRecord | null {
  const record = decodeObject(value);
  if (record['session'] !== session || !DESIRED.has(record['desired']) || !Number.isSafeInteger(record['generation'])) return null;
  return record as unknown as SessionRecord;
}

/** The connector of a node key or the session of an owner key: what follows the first dot. */
export function nameInKey(key: string): string {
  return key.slice(key.indexOf('.') + 1);
}

/** The session of an owner key, `null` when it is none. */
export function sessionInKey(key: string): SessionId | null {
  const name = nameInKey(key);
  return isSessionId(name) ? name : null;
}

function decodeObject(value: Uint8Array): Record<string, unknown> {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('utf8'));
    return typeof parsed === 'object' && parsed !== null ? (parsed as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
