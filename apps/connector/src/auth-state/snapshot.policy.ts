import type { SessionId } from '@wabus/contracts';
import { snapshotKey, stampAt, stampOf } from './auth-record.codec.js';

const PART_BYTES = 500_000;
/** Snapshots of a session that are kept beside a new one. */
const KEPT_EARLIER = 2;

export interface StoredRecord {
  readonly key: string;
  readonly value: Uint8Array;
}

/**
 * The records of a session as they are stored, encrypted under their own names, put together in parts that a message can carry: `{<key>: <base64>}`.
 * Putting each back under its key restores the session.
 */
export function makeSnapshot(session: SessionId, records: readonly StoredRecord[], at: Date): Map<string, Uint8Array> {
  const stamp = stampAt(at);
  const parts: Record<string, string>[] = [{}];
  let size = 0;
  for (const { key, value } of records) {
    const text = Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64');
    if (size > 0 && size + text.length > PART_BYTES) {
      parts.push({});
      size = 0;
    }
    parts.at(-1)![key] = text;
    size += text.length;
  }
  return new Map(parts.map((part, index) => [snapshotKey(session, stamp, index), Buffer.from(JSON.stringify(part), 'utf8')]));
}

/** The keys of snapshots that are too old to keep beside a new one. */
export function outdatedSnapshots(keys: readonly string[]): string[] {
  const stamps = [...new Set(keys.map(stampOf).filter(stamp => stamp !== null))].sort().reverse();
  const outdated = new Set(stamps.slice(KEPT_EARLIER));
  return keys.filter(key => outdated.has(stampOf(key) ?? ''));
}
