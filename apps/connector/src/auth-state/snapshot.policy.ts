import type { SessionId } from '@wabus/contracts';
import { snapshotKey, stampAt, stampOf } from './auth-record.codec.js';

const PART_BYTES = 500_000;
/** Number of earlier snapshots of a session that are kept in addition to a new one. */
const KEPT_EARLIER = 2;

export interface StoredRecord {
  readonly key: string;
  readonly value: Uint8Array;
}

/**
 * Combines the stored records of a session, which are encrypted under their own names, into parts that fit a message: `{<key>: <base64>}`.
 * Writing each back under its key restores the session.
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

/** Returns the records of the newest snapshot by key, with its stamp; `null` if there is none. */
export function newestSnapshot(parts: readonly StoredRecord[]): { stamp: string; records: Map<string, Uint8Array> } | null {
  const stamp = snapshotStamps(parts.map(({ key }) => key))[0];
  if (stamp === undefined) return null;
  const records = new Map<string, Uint8Array>();
  for (const { value } of parts.filter(({ key }) => stampOf(key) === stamp)) {
    const part = JSON.parse(Buffer.from(value).toString('utf8')) as Record<string, string>;
    for (const [key, text] of Object.entries(part)) records.set(key, Buffer.from(text, 'base64'));
  }
  return { stamp, records };
}

/** Returns the stamps of snapshots, newest first. */
export function snapshotStamps(keys: readonly string[]): string[] {
  return [...new Set(keys.map(stampOf).filter(stamp => stamp !== null))].sort().reverse();
}

/** Returns the keys of snapshots that are too old to keep in addition to a new one. */
export function outdatedSnapshots(keys: readonly string[]): string[] {
  const outdated = new Set(snapshotStamps(keys).slice(KEPT_EARLIER));
  return keys.filter(key => outdated.has(stampOf(key) ?? ''));
}
