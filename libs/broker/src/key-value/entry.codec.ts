import type { StoredMessage } from '../streams/stored-message.js';

/** A key and its value at one revision. */
export interface Entry {
  readonly key: string;
  readonly value: Uint8Array;
  /** Grows with every write to the bucket. */
  readonly revision: number;
}

export type Change =
  | { readonly kind: 'put'; readonly entry: Entry }
  | { readonly kind: 'delete'; readonly key: string; readonly revision: number };

/** A value that the server removes automatically when its time is over; the time starts again with each write. A watch sees the removal as a deletion. */
export interface Expiring {
  readonly value: Uint8Array;
  /** Whole seconds, rounded up. */
  readonly ttlMs: number;
}

/** What a commit does to a key; `null` deletes it. */
export type Write = Uint8Array | Expiring | null;

/** A condition on another key of the bucket, checked by the server in the same step as the write. */
export interface Fence {
  readonly key: string;
  /** The revision the key must have. */
  readonly revision: number;
}

/** The outcome of a conditional write. A lost race is an outcome, not an exception. */
export type WriteOutcome = { readonly written: true; readonly revision: number } | { readonly written: false };

const OPERATION = 'KV-Operation';
const MARKER_REASON = 'Nats-Marker-Reason';

const FILTER = /^[-/=\w*>]+(\.[-/=\w*>]+)*$/;
const KEY = /^[-/=\w]+(\.[-/=\w]+)*$/;

/** The stream behind a bucket, and the subject of a key in it or of a filter over keys (ADR-8). */
export const bucketStreamName = (bucket: string): string => `KV_${bucket}`;
export const bucketSubject = (bucket: string, keyOrFilter: string): string => `$KV.${bucket}.${keyOrFilter}`;

/** The subject of a key. Throws a plain error on a key of other characters: that is a mistake in the program. */
export function subjectOfKey(bucket: string, key: string): string {
  if (!KEY.test(key)) throw new RangeError(`invalid key: ${JSON.stringify(key)}`);
  return bucketSubject(bucket, key);
}

export function subjectOfFilter(bucket: string, filter: string): string {
  if (!FILTER.test(filter)) throw new RangeError(`invalid key filter: ${JSON.stringify(filter)}`);
  return bucketSubject(bucket, filter);
}

/** Whether a subject matches a filter, both of one bucket. */
export function matchesFilter(filter: string, subject: string): boolean {
  const [wanted, tokens] = [filter.split('.'), subject.split('.')];
  return (
    wanted.every((token, n) => (token === '>' ? n < tokens.length : token === '*' ? tokens[n] !== undefined : token === tokens[n])) &&
    (wanted.at(-1) === '>' || wanted.length === tokens.length)
  );
}

/** The bytes that a write stores. */
export function bytesOf(write: Write): Uint8Array {
  if (write === null) return new Uint8Array();
  return write instanceof Uint8Array ? write : write.value;
}

/** Headers of a write. A deletion is a marker that represents the key until it expires (ADR-8, ADR-43). Throws a plain error on an invalid time. */
export function headerFields(write: Write, markerTtlMs: number): [name: string, value: string][] {
  if (write === null) return [[OPERATION, 'DEL'], ttlHeader(markerTtlMs)];
  return write instanceof Uint8Array ? [] : [ttlHeader(write.ttlMs)];
}

/** The server counts whole seconds, one at least. */
function ttlHeader(ttlMs: number): [name: string, value: string] {
  if (!(ttlMs > 0 && Number.isFinite(ttlMs))) throw new RangeError(`invalid time to live: ${ttlMs}`);
  return ['Nats-TTL', `${Math.ceil(ttlMs / 1_000)}s`];
}

/** What a message of the bucket's stream says about its key. */
export function decodeChange(bucket: string, message: Omit<StoredMessage, 'size'>): Change {
  const key = message.subject.slice(bucketSubject(bucket, '').length);
  const operation = message.header(OPERATION);
  const deleted = operation === 'DEL' || operation === 'PURGE' || message.header(MARKER_REASON) !== undefined;
  return deleted
    ? { kind: 'delete', key, revision: message.sequence }
    : { kind: 'put', entry: { key, value: message.data, revision: message.sequence } };
}
