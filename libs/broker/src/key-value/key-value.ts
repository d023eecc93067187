/** A key and its value at one revision. */
export interface Entry {
  readonly key: string;
  readonly value: Uint8Array;
  /** Grows with every write to the bucket. */
  readonly revision: number;
}

export type Change =
  { readonly kind: 'put'; readonly entry: Entry } | { readonly kind: 'delete'; readonly key: string; readonly revision: number };

/** A value that the server removes by itself when its time is over; the time starts again with each write. A watch sees the removal as a deletion. */
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

/** What became of a conditional write. A lost race is an outcome, not an exception. */
export type WriteOutcome = { readonly written: true; readonly revision: number } | { readonly written: false };

export interface Watch {
  /** Settles when all changes that existed at the start have been handed over. */
  readonly ready: Promise<void>;
  stop(): Promise<void>;
}

/**
 * One bucket of keys with compare-and-set. Keys are tokens of `A-Z a-z 0-9 _ - = /` joined by dots; `*` and `>` match in filters as in NATS subjects.
 * Every method throws `BROKER_UNAVAILABLE` when the broker does not answer; then a write may have happened.
 */
export abstract class KeyValue {
  abstract get(key: string): Promise<Entry | null>;
  abstract put(key: string, value: Uint8Array | Expiring): Promise<number>;
  /** Writes only if the key does not exist (`expected: 0`) or stands at that revision. */
  abstract compareAndSet(key: string, value: Uint8Array | Expiring, expected: number): Promise<WriteOutcome>;
  /** Deletes unconditionally, or only at a revision. */
  abstract delete(key: string, expected?: number): Promise<WriteOutcome>;
  /**
   * Writes and deletes many keys in one atomic step: all or none, and none when the fence does not hold.
   * At most 1,000 keys. One commit per fence key may be under way at a time.
   */
  abstract commit(changes: ReadonlyMap<string, Write>, fence: Fence): Promise<WriteOutcome>;
  /** All entries that match a filter. */
  abstract list(filter: string): Promise<Entry[]>;
  /** Hands over every existing entry that matches, then every change, in order; supervised: it survives broker restarts, after which changes may be repeated. */
  abstract watch(filter: string, handler: (change: Change) => void): Promise<Watch>;
}
