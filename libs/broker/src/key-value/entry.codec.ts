import { bucketSubject } from '../streams/bucket-subject.codec.js';
import type { StoredMessage } from '../streams/stored-message.js';
import type { Change } from './key-value.js';

const OPERATION = 'KV-Operation';
const MARKER_REASON = 'Nats-Marker-Reason';

const FILTER = /^[-/=\w*>]+(\.[-/=\w*>]+)*$/;
const KEY = /^[-/=\w]+(\.[-/=\w]+)*$/;

/** The subject of a key. Throws a plain error on a key of other characters: that is a mistake in the program. */
export function subjectOfKey(bucket: string, key: string): string {
  if (!KEY.test(key)) throw new RangeError(`not a key: ${JSON.stringify(key)}`);
  return bucketSubject(bucket, key);
}

export function subjectOfFilter(bucket: string, filter: string): string {
  if (!FILTER.test(filter)) throw new RangeError(`not a filter over keys: ${JSON.stringify(filter)}`);
  return bucketSubject(bucket, filter);
}

/** Headers of the marker that stands for a deleted key until it expires (ADR-8, ADR-43). */
export function deleteMarkerHeaders(markerTtlMs: number): [name: string, value: string][] {
  return [
    [OPERATION, 'DEL'],
    ['Nats-TTL', `${Math.max(1, Math.round(markerTtlMs / 1_000))}s`]
  ];
}

/** What a message of the bucket's stream says about its key. */
export function decodeChange(bucket: string, message: StoredMessage): Change {
  const key = message.subject.slice(bucketSubject(bucket, '').length);
  const operation = message.header(OPERATION);
  const deleted = operation === 'DEL' || operation === 'PURGE' || message.header(MARKER_REASON) !== undefined;
  return deleted
    ? { kind: 'delete', key, revision: message.sequence }
    : { kind: 'put', entry: { key, value: message.data, revision: message.sequence } };
}
