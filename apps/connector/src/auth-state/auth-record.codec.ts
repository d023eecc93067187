import { createHmac } from 'node:crypto';
import { encodeJson, isBytesJson, type SessionId } from '@wabus/contracts';

const LISTED_ONCE = /^auth\.[^.]+\.(inbox|seen)\./;
const TYPE = /^[a-z0-9-]{1,64}$/;

/** Matches all records of a session. */
export const authKeys = (session: SessionId): string => `auth.${session}.>`;
/** The key prefix of all records of a session. */
export const authPrefix = (session: SessionId): string => `auth.${session}.`;
/** Matches all records of a type. */
export const recordsOfType = (session: SessionId, type: string): string => `${typePrefix(session, type)}*`;
export const typePrefix = (session: SessionId, type: string): string => `auth.${session}.${type}.`;
/** Returns whether a key belongs to the records that an owner lists at its start and rarely reads afterwards, so that they should not use memory. */
export const isListedOnce = (key: string): boolean => LISTED_ONCE.test(key);
export const snapshotKeys = (session: SessionId): string => `snapshot.${session}.>`;
/** Matches the records that expire automatically. */
export const expiringKeys = (session: SessionId): string => `expiring.${session}.>`;
export const credentialsKey = (session: SessionId): string => `auth.${session}.creds`;
/** The key of the session's own naming key, which hashes the names of its records. */
export const namingKey = (session: SessionId): string => `auth.${session}.naming`;
/** The key of the marker that exists while a session is cleared in more than one step. */
export const clearingKey = (session: SessionId): string => `auth.${session}.clearing`;
/** The key of one part of a snapshot; `stamp` sorts by time. */
export const snapshotKey = (session: SessionId, stamp: string, part: number): string => `snapshot.${session}.${stamp}.${part}`;

/** Returns the stamp in a snapshot's key; `null` if it is not one. */
export function stampOf(key: string): string | null {
  const [kind, , stamp] = key.split('.');
  return kind === 'snapshot' && stamp !== undefined ? stamp : null;
}

export function stampAt(time: Date): string {
  return time.toISOString().replace(/[-:.]/g, '');
}

/** Returns the time of a stamp, as ISO text. */
export function timeOfStamp(stamp: string): string {
  return stamp.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z$/, '$1-$2-$3T$4:$5:$6.$7Z');
}

/**
 * Returns the key of one Signal record: `auth.<session>.<type>.<name>`.
 * Ids contain phone numbers and characters that keys do not allow, so the name is a hash of type and id under the session's naming key: it is always the same,
 * and cannot be traced to the id without that key.
 */
export function recordName(session: SessionId, naming: Uint8Array, type: string, id: string): string {
  return `auth.${session}.${typedName(naming, type, id)}`;
}

/** Returns the key of a record that expires: `expiring.<session>.<type>.<name>`. */
export function expiringName(session: SessionId, naming: Uint8Array, type: string, id: string): string {
  return `expiring.${session}.${typedName(naming, type, id)}`;
}

function typedName(naming: Uint8Array, type: string, id: string): string {
  if (!TYPE.test(type)) throw new RangeError(`unknown auth record type: ${JSON.stringify(type)}`);
  return `${type}.${createHmac('sha256', naming).update(`${type}\n${id}`).digest().subarray(0, 18).toString('base64url')}`;
}

/** Encodes the content of a record: its id, which the name does not reveal, and the value as JSON in which bytes keep Baileys' form. */
export function encodeRecord(id: string, value: unknown): string {
  return `[${JSON.stringify(id)},${encodeJson(value)}]`;
}

/** Encodes the content of a record of one type. */
export function encodeTyped(type: string, id: string, value: unknown): string {
  // Written with every message; libsignal already returns JSON.
  if (type === 'session' && !(value instanceof Uint8Array)) return `[${JSON.stringify(id)},${JSON.stringify(value)}]`;
  return encodeRecord(id, value);
}

/** Decodes the value of a record, with bytes as `Buffer`. Returns a new object for each call, because Baileys modifies it. */
export function decodeRecordValue(text: string): unknown {
  return decodeAuthRecord(text)[1];
}

/** Decodes the id and the value of a record. */
export function decodeAuthRecord(text: string): [id: string, value: unknown] {
  // A reviver is called for every field. Session records, which are read with every message, contain no bytes.
  const revive = text.includes('"Buffer"')
    ? (_key: string, item: unknown) => (isBytesJson(item) ? Buffer.from(item.data, 'base64') : item)
    : undefined;
  return JSON.parse(text, revive) as [string, unknown];
}
