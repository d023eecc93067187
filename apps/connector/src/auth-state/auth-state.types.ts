/** Signal records by type and id: a value, or `null` to delete. Types are Baileys' and those of the inbox journal; values are JSON data with bytes as `Buffer`. */
export type KeyChanges = Record<string, Record<string, unknown>>;

/** A record that the store forgets automatically. */
export interface ExpiringRecord {
  readonly type: string;
  readonly id: string;
  /** JSON data with bytes as `Buffer`; `null` deletes the record. */
  readonly value: unknown;
  /** From this write on, in whole seconds. */
  readonly ttlMs: number;
}

/** Records of one session that expire automatically, under its lease. Throws like `AuthState`. */
export interface ExpiringRecords {
  /** The value of a record, `null` when there is none (any more). Always read from the store, so that nothing outlives its time in memory. */
  readExpiring(type: string, id: string): Promise<unknown>;
  /**
   * Stores a record: encrypted, fenced and in order like every other, on disk when it settles. It stands beside the credentials: `clear` leaves it
   * to its time, no snapshot holds it, `erase` removes it. Throws `PAYLOAD_TOO_LARGE`.
   */
  writeExpiring(record: ExpiringRecord): Promise<void>;
}

/** Credentials and keys that come from elsewhere, in JSON with bytes as Baileys' `BufferJSON` writes them. */
export interface AdoptedDevice {
  readonly credentials: object;
  readonly records: readonly { readonly type: string; readonly id: string; readonly value: unknown }[];
}
