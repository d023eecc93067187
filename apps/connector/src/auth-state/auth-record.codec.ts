import { createHmac } from 'node:crypto';
import { encodeJson, isBytesJson, type SessionId } from '@wabus/contracts';

const LISTED_ONCE = /^auth\.[^.]+\.(inbox|seen)\./;
const TYPE = /^[a-z0-9-]{1,64}$/;

/** Everything of a session. */
export const authKeys = (session: SessionId): string => `auth.${session}.>`;
/** What the keys of all records of a session begin with. */
export const authPrefix = (session: SessionId): string => `auth.${session}.`;
/** All records of a type. */
export const recordsOfType = (session: SessionId, type: string): string => `${typePrefix(session, type)}*`;
export const typePrefix = (session: SessionId, type: string): string => `auth.${session}.${type}.`;
/** Whether a key is one of the records that an owner lists when it begins and hardly reads afterwards: memory is not for them. */
export const isListedOnce = (key: string): boolean => LISTED_ONCE.test(key);
export const snapshotKeys = (session: SessionId): string => `snapshot.${session}.>`;
/** Records that expire automatically. */
export const expiringKeys = (session: SessionId): string => `expiring.${session}.>`;
export const credentialsKey = (session: SessionId): string => `auth.${session}.creds`;
/** Holds the session's own key for the names of its records. */
export const namingKey = (session: SessionId): string => `auth.${session}.naming`;
/** Stands while a session is being cleared in more than one step. */
export const clearingKey = (session: SessionId): string => `auth.${session}.clearing`;
/** One part of a snapshot; `stamp` sorts by time. */
export const snapshotKey = (session: SessionId, stamp: string, part: number): string => `snapshot.${session}.${stamp}.${part}`;

/** The stamp in a snapshot's key, `null` if it is not one. */
export function stampOf(key: string): string | null {
  const [kind, , stamp] = key.split('.');
  return kind === 'snapshot' && stamp !== undefined ? stamp : null;
}

export function stampAt(time: Date): string {
  return time.toISOString().replace(/[-:.]/g, '');
}

/** The time of a stamp, as ISO text. */
export function timeOfStamp(stamp: string): string {
  return stamp.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z$/, '$1-$2-$3T$4:$5:$6.$7Z');
}

/**
 * The key of one Signal record: `auth.<session>.<type>.<name>`. Ids hold phone numbers and characters that keys may not have, so the name is a hash of type and id
 * under the session's naming key: the same each time, and nobody without that key learns the id from it.
 */
export function recordName(session: SessionId, naming: Uint8Array, type: string, id: string): string {
  return `auth.${session}.${typedName(naming, type, id)}`;
}

/** The key of a record that expires: `expiring.<session>.<type>.<name>`. */
export function expiringName(session: SessionId, naming: Uint8Array, type: string, id: string): string {
  return `expiring.${session}.${typedName(naming, type, id)}`;
}

function typedName(naming: Uint8Array, type: string, id: string): string {
  if (!TYPE.test(type)) throw new RangeError(`unknown auth record type: ${JSON.stringify(type)}`);
  return `${type}.${createHmac('sha256', naming).update(`${type}\n${id}`).digest().subarray(0, 18).toString('base64url')}`;
}

/** The content of a record: its id, which the name does not reveal, and the value as JSON in which bytes keep Baileys' form. */
export function encodeRecord(id: string, value: unknown): string {
  return `[${JSON.stringify(id)},${encodeJson(value)}]`;
}

/** The same for a record of one type. */
export function encodeTyped(type: string, id: string, value: unknown): string {
  // Written with every message, and JSON already: libsignal makes it so.
  if (type === 'session' && !(value instanceof Uint8Array)) return `[${JSON.stringify(id)},${JSON.stringify(value)}]`;
  return encodeRecord(id, value);
}

/** The value of a record, with bytes as `Buffer`. A new object at each call: Baileys changes what it gets. */
export function decodeRecordValue(text: string): unknown {
  return decodeAuthRecord(text)[1];
}

/** Id and value of a record. */
export function decodeAuthRecord(text: string): [id: string, value: unknown] {
  // A reviver is called for every field there is. Session records, read with every message, hold no bytes.
  const revive = text.includes('"Buffer"')
    ? (_key: string, item: unknown) => (isBytesJson(item) ? Buffer.from(item.data, 'base64') : item)
    : undefined;
  return JSON.parse(text, revive) as [string, unknown];
}
