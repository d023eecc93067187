/** The types of records that gateways keep beside the credentials: Baileys', and the secrets of messages, under which what is said about them later is encrypted. */
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
  /** JSON data with bytes as `{type: 'Buffer', data: <base64>}`. */
  readonly value: unknown;
}

/** A linked device as it moves between gateways: its keys and the state of the ciphers of its conversations. */
export interface PortableDevice {
  /** In the shape of Baileys, with bytes as `{type: 'Buffer', data: <base64>}`; `null` when the source keeps them elsewhere. */
  readonly credentials: Readonly<Record<string, unknown>> | null;
  readonly records: readonly PortableRecord[];
  /** Names of files or entries that are nothing known; left out. */
  readonly unknown: readonly string[];
  /** What was there and does not come along, for people. */
  readonly notes: readonly string[];
}

/** How many records there are of each type. */
export function countRecords(records: Iterable<{ readonly type: string }>): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { type } of records) counts[type] = (counts[type] ?? 0) + 1;
  return counts;
}
