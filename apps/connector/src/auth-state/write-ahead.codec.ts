import type { SessionId } from '@wabus/contracts';

/** Number of entries that fit; the next one overwrites the oldest. */
export const RING_SLOTS = 128;

const VERSION = 1;
const NUMBER_BYTES = 6;
const HEAD_BYTES = 3;
const DELETED = 0xff_ff_ff_ff;

/** The changes of a commit: contents of records by key; `null` deletes. */
export type RecordChanges = ReadonlyMap<string, string | null>;

/** One entry of a session's write-ahead ring. */
export interface RingEntry {
  /** Counts the entries of a session, across all its owners. */
  readonly n: number;
  readonly changes: RecordChanges;
  /** Size as stored. */
  readonly bytes: number;
}

/** Matches all entries of a session. */
export const ringKeys = (session: SessionId): string => `ring.${session}.*`;
/** The key of an entry. */
export const ringKey = (session: SessionId, n: number): string => `ring.${session}.${n % RING_SLOTS}`;
/** The key of the mark, which contains the number of the last entry that the records include completely. */
export const ringMarkKey = (session: SessionId): string => `ring-mark.${session}`;
/** The name for which an entry is encrypted: it includes the number, so that no entry can replace another one of its slot. */
export const ringEntryName = (session: SessionId, n: number): string => `${ringKey(session, n)}.${n}`;

/** Encodes the changes of an entry. All keys begin with `prefix`, which is omitted. */
export function encodeChanges(changes: RecordChanges, prefix: string): Buffer {
  let size = HEAD_BYTES;
  const parts: [key: string, text: string | null, length: number][] = [];
  for (const [key, text] of changes) {
    const length = text === null ? 0 : Buffer.byteLength(text, 'utf8');
    const name = key.slice(prefix.length);
    parts.push([name, text, length]);
    size += 2 + name.length + 4 + length;
  }
  const bytes = Buffer.allocUnsafe(size);
  bytes.writeUInt8(VERSION, 0);
  bytes.writeUInt16BE(parts.length, 1);
  let at = HEAD_BYTES;
  for (const [name, text, length] of parts) {
    at = bytes.writeUInt16BE(name.length, at);
    at += bytes.write(name, at, 'latin1');
    at = bytes.writeUInt32BE(text === null ? DELETED : length, at);
    if (text !== null) at += bytes.write(text, at, 'utf8');
  }
  return bytes;
}

/** Decodes the changes of a decrypted entry. Throws a `RangeError` for the format of a later release. */
export function decodeChanges(bytes: Buffer, prefix: string): Map<string, string | null> {
  if (bytes[0] !== VERSION) throw new RangeError(`a write-ahead entry has the unknown format ${bytes[0]}`);
  const changes = new Map<string, string | null>();
  let at = HEAD_BYTES;
  for (let left = bytes.readUInt16BE(1); left > 0; left--) {
    const nameEnd = at + 2 + bytes.readUInt16BE(at);
    const key = prefix + bytes.toString('latin1', at + 2, nameEnd);
    const length = bytes.readUInt32BE(nameEnd);
    at = nameEnd + 4;
    if (length === DELETED) {
      changes.set(key, null);
      continue;
    }
    changes.set(key, bytes.toString('utf8', at, at + length));
    at += length;
  }
  return changes;
}

/** Returns an entry as it is stored: its number is readable without a key, and authenticated by the encryption. */
export function sealEntry(n: number, encrypted: Uint8Array): Buffer {
  const bytes = Buffer.allocUnsafe(NUMBER_BYTES + encrypted.length);
  bytes.writeUIntBE(n, 0, NUMBER_BYTES);
  bytes.set(encrypted, NUMBER_BYTES);
  return bytes;
}

export function openEntry(stored: Uint8Array): { n: number; encrypted: Buffer } {
  const bytes = Buffer.from(stored.buffer, stored.byteOffset, stored.byteLength);
  return { n: bytes.length < NUMBER_BYTES ? 0 : bytes.readUIntBE(0, NUMBER_BYTES), encrypted: bytes.subarray(NUMBER_BYTES) };
}
