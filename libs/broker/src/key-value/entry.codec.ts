import type { StoredMessage } from '../streams/stored-message.js';

/** A key and its value at one revision. */
export interface Entry {
  readonly key: string;
  readonly value: Uint8Array;
  /** Increases with every write to the bucket. */
  readonly revision: number;
}

export type Change =
  | { readonly kind: 'put'; readonly entry: Entry }
  | { readonly kind: 'delete'; readonly key: string; readonly revision: number };

/** A value that the server removes automatically after its time to live, which restarts with each write. A watch reports the removal as a deletion. */
export interface Expiring {
  readonly value: Uint8Array;
  /** Rounded up to whole seconds. */
  readonly ttlMs: number;
}

/** The change that a commit makes to a key; `null` deletes it. */
export type Write = Uint8Array | Expiring | null;

/** A condition on another key of the bucket, which the server checks atomically with the write. */
export interface Fence {
  readonly key: string;
  /** The revision that the key must have. */
  readonly revision: number;
}

/** The outcome of a conditional write. A failed condition is an outcome, not an exception. */
export type WriteOutcome = { readonly written: true; readonly revision: number } | { readonly written: false };

const OPERATION = 'KV-Operation';
const MARKER_REASON = 'Nats-Marker-Reason';

const FILTER = /^[-/=\w*>]+(\.[-/=\w*>]+)*$/;
const KEY = /^[-/=\w]+(\.[-/=\w]+)*$/;

/** The stream of a bucket, and the subject of a key or key filter in it (ADR-8). */
export const bucketStreamName = (bucket: string): string => `KV_${bucket}`;
export const bucketSubject = (bucket: string, keyOrFilter: string): string => `$KV.${bucket}.${keyOrFilter}`;

/** Returns the subject of a key. Throws a `RangeError` if the key has other characters, which is a programming error. */
export function subjectOfKey(bucket: string, key: string): string {
  if (!KEY.test(key)) throw new RangeError(`invalid key: ${JSON.stringify(key)}`);
  return bucketSubject(bucket, key);
}

export function subjectOfFilter(bucket: string, filter: string): string {
  if (!FILTER.test(filter)) throw new RangeError(`invalid key filter: ${JSON.stringify(filter)}`);
  return bucketSubject(bucket, filter);
}

/** Returns whether a subject matches a filter of the same bucket. */
export function matchesFilter(filter: string, subject: string): boolean {
  const [wanted, tokens] = [filter.split('.'), subject.split('.')];
  return (
    wanted.every((token, n) => (token === '>' ? n < tokens.length : token === '*' ? tokens[n] !== undefined : token === tokens[n])) &&
    (wanted.at(-1) === '>' || wanted.length === tokens.length)
  );
}

/** Returns the bytes that a write stores. */
export function bytesOf(write: Write): Uint8Array {
  if (write === null) return new Uint8Array();
  return write instanceof Uint8Array ? write : write.value;
}

/**
 * Returns the headers of a write. A deletion is a marker that represents the key until it expires (ADR-8, ADR-43).
 * Throws a `RangeError` for an invalid time to live.
 */
export function headerFields(write: Write, markerTtlMs: number): [name: string, value: string][] {
  if (write === null) return [[OPERATION, 'DEL'], ttlHeader(markerTtlMs)];
  return write instanceof Uint8Array ? [] : [ttlHeader(write.ttlMs)];
}

/** The server uses whole seconds, at least one. */
function ttlHeader(ttlMs: number): [name: string, value: string] {
  if (!(ttlMs > 0 && Number.isFinite(ttlMs))) throw new RangeError(`invalid time to live: ${ttlMs}`);
  return ['Nats-TTL', `${Math.ceil(ttlMs / 1_000)}s`];
}

/** Decodes a message of the bucket's stream into the change of its key. */
export function decodeChange(bucket: string, message: Omit<StoredMessage, 'size'>): Change {
  const key = message.subject.slice(bucketSubject(bucket, '').length);
  const operation = message.header(OPERATION);
  const deleted = operation === 'DEL' || operation === 'PURGE' || message.header(MARKER_REASON) !== undefined;
  return deleted
    ? { kind: 'delete', key, revision: message.sequence }
    : { kind: 'put', entry: { key, value: message.data, revision: message.sequence } };
}
