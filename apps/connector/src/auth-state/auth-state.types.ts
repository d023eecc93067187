/**
 * Signal records by type and id: a value, or `null` to delete.
 * Types are those of Baileys and of the inbox journal; values are JSON data with bytes as `Buffer`.
 */
export type KeyChanges = Record<string, Record<string, unknown>>;

/** A record that the store removes automatically. */
export interface ExpiringRecord {
  readonly type: string;
  readonly id: string;
  /** JSON data with bytes as `Buffer`; `null` deletes the record. */
  readonly value: unknown;
  /** Time to live from this write, rounded to whole seconds. */
  readonly ttlMs: number;
}

/** Records of one session that expire automatically, under its lease. Throws like `AuthState`. */
export interface ExpiringRecords {
  /** Returns the value of a record; `null` if it does not exist or has expired. Always reads the store, so that no value outlives its time in memory. */
  readExpiring(type: string, id: string): Promise<unknown>;
  /**
   * Stores a record: encrypted, fenced and in order like every other write. Resolves when it is on disk.
   * It is separate from the credentials: `clear` keeps it until it expires, no snapshot contains it, and `erase` removes it. Throws `PAYLOAD_TOO_LARGE`.
   */
  writeExpiring(record: ExpiringRecord): Promise<void>;
}

/** Credentials and keys from elsewhere, in JSON with bytes as Baileys' `BufferJSON` writes them. */
export interface AdoptedDevice {
  readonly credentials: object;
  readonly records: readonly { readonly type: string; readonly id: string; readonly value: unknown }[];
}
