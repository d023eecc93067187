import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { proto as Proto } from '@whiskeysockets/baileys';
import { proto } from '../baileys.js';

const unpacked = promisify(gunzip);
/** The limit for an unpacked collection, larger than that of any account: a phone is trusted, but not with all of the memory. */
const MAX_BYTES = 256 * 1024 * 1024;

/** A record of the phone's copy, decrypted. */
export interface RecoveredRecord {
  readonly action: Proto.SyncActionData;
  readonly keyId: Uint8Array;
  /** The MAC of its value. */
  readonly mac: Uint8Array;
}

/** The phone's copy of a collection. */
export interface RecoveredCollection {
  readonly name: string;
  readonly version: number;
  readonly records: readonly RecoveredRecord[];
  /** 128 bytes. */
  readonly hash: Uint8Array;
}

/**
 * Decodes the phone's answer, a `SyncdSnapshotRecovery`, which Baileys' protobuf lacks (`WAWebProtobufsSyncdSnapshotRecovery.pb`, whatsmeow `recovery.go`).
 * Rejects if it is malformed.
 */
export async function decodeRecovery({
  collectionSnapshot,
  isCompressed
}: {
  collectionSnapshot?: Uint8Array | null;
  isCompressed?: boolean | null;
}): Promise<RecoveredCollection> {
  const packed = collectionSnapshot ?? new Uint8Array();
  const fields = fieldsOf(isCompressed ? await unpacked(packed, { maxOutputLength: MAX_BYTES }) : packed);
  const [hash = new Uint8Array()] = fields.get(4) ?? [];
  if (hash.length !== 128) throw new Error('The collection from the phone has no hash');
  const [version = new Uint8Array()] = fields.get(1) ?? [];
  return {
    name: Buffer.from(fields.get(2)?.[0] ?? []).toString('utf8'),
    version: Number(proto.SyncdVersion.decode(version).version ?? 0),
    records: (fields.get(3) ?? []).map(decodeRecord),
    hash
  };
}

function decodeRecord(bytes: Uint8Array): RecoveredRecord {
  const fields = fieldsOf(bytes);
  const [[action], [keyId], [mac]] = [1, 2, 3].map(number => fields.get(number) ?? []) as [Uint8Array[], Uint8Array[], Uint8Array[]];
  if (!action || !keyId || !mac) throw new Error('A record from the phone is incomplete');
  return { action: proto.SyncActionData.decode(action), keyId, mac };
}

/** Returns the length-delimited fields of a protobuf message by number; these messages have no other fields. */
function fieldsOf(bytes: Uint8Array): Map<number, Uint8Array[]> {
  const fields = new Map<number, Uint8Array[]>();
  for (let at = 0; at < bytes.length;) {
    const tag = varint(bytes, at);
    if ((tag.value & 7) !== 2) throw new Error('A protobuf message has an unexpected field');
    const length = varint(bytes, tag.end);
    at = length.end + length.value;
    if (at > bytes.length) throw new Error('A field in a protobuf message is truncated');
    const number = tag.value >>> 3;
    const content = bytes.subarray(length.end, at);
    const known = fields.get(number);
    if (known) known.push(content);
    else fields.set(number, [content]);
  }
  return fields;
}

function varint(bytes: Uint8Array, start: number): { value: number; end: number } {
  let value = 0;
  for (let at = start, factor = 1; at < bytes.length && factor <= 2 ** 28; at++, factor *= 128) {
    const byte = bytes[at]!;
    value += (byte & 0x7f) * factor;
    if (byte < 0x80) return { value, end: at + 1 };
  }
  throw new Error('A number in a protobuf message is truncated');
}
