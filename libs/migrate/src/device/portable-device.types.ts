/**
 * The types of records that gateways store in addition to the credentials: those of Baileys, and the secrets of messages, which decrypt later messages about
 * them.
 */
export const RECORD_TYPES = [
  'pre-key',
  'session',
  'sender-key',
  'sender-key-memory',
  'app-state-sync-key',
  'app-state-sync-version',
  'lid-mapping',
  'device-list',
  'tctoken',
  'identity-key',
  'message-secret'
] as const;
export type RecordType = (typeof RECORD_TYPES)[number];

export function isRecordType(type: unknown): type is RecordType {
  return (RECORD_TYPES as readonly unknown[]).includes(type);
}

/** One record of the auth state. */
export interface PortableRecord {
  readonly type: RecordType;
  readonly id: string;
  /** JSON data. Bytes have the form `{type: 'Buffer', data: <base64>}`. */
  readonly value: unknown;
}

/** A linked device in transfer between gateways: its keys, and the cipher state of its conversations. */
export interface PortableDevice {
  /** The credentials in the form of Baileys, with bytes as `{type: 'Buffer', data: <base64>}`; `null` if the source stores them elsewhere. */
  readonly credentials: Readonly<Record<string, unknown>> | null;
  readonly records: readonly PortableRecord[];
  /** The names of unknown files or entries, which are left out. */
  readonly unknown: readonly string[];
  /** Notes for people about data in the source that is not transferred. */
  readonly notes: readonly string[];
}

/** Returns the number of records of each type. */
export function countRecords(records: Iterable<{ readonly type: string }>): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { type } of records) counts[type] = (counts[type] ?? 0) + 1;
  return counts;
}
