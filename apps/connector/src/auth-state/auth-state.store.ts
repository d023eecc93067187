import type { SealedSecret, SealingKey } from '@wabus/contracts';
import type { SessionLease } from '../ownership/session-lease.js';

/** Signal records by type and id: a value, or `null` to delete. Types are Baileys' and those of the inbox journal; values are JSON data with bytes as `Buffer`. */
export type KeyChanges = Record<string, Record<string, unknown>>;

/** A record that the store forgets by itself. */
export interface ExpiringRecord {
  readonly type: string;
  readonly id: string;
  /** JSON data with bytes as `Buffer`; `null` deletes the record. */
  readonly value: unknown;
  /** From this write on, in whole seconds. */
  readonly ttlMs: number;
}

/** Records of one session that expire by themselves, under its lease. Throws like `AuthState`. */
export abstract class ExpiringRecords {
  /** The value of a record, `null` when there is none (any more). Always read from the store, so that nothing outlives its time in memory. */
  abstract readExpiring(type: string, id: string): Promise<unknown>;
  /**
   * Stores a record: encrypted, fenced and in order like every other, on disk when it settles. It stands beside the credentials: `clear` leaves it
   * to its time, no snapshot holds it, `erase` removes it. Throws `PAYLOAD_TOO_LARGE`.
   */
  abstract writeExpiring(record: ExpiringRecord): Promise<void>;
}

/** Credentials and keys that come from elsewhere, in JSON with bytes as Baileys' `BufferJSON` writes them. */
export interface AdoptedDevice {
  readonly credentials: object;
  readonly records: readonly { readonly type: string; readonly id: string; readonly value: unknown }[];
}

/**
 * Credentials and Signal keys of one session, for as long as its lease holds: every method throws `LeaseLostError` when it is lost for good,
 * and waits while it has only lapsed because a renewal is late.
 * Writes wait for a broker that is away and keep their order; reads throw `BROKER_UNAVAILABLE` then, and `AuthStateUnreadableError` when what is stored does not decrypt.
 */
export abstract class AuthState extends ExpiringRecords {
  /** The credentials stored last, `null` for a session that was never linked (or was logged out). */
  abstract readCredentials(): Promise<Record<string, unknown> | null>;
  /** Stores the credentials as a whole. Settles when they are on disk. Calls that overlap are coalesced: the newest content wins. */
  abstract writeCredentials(credentials: object): Promise<void>;
  /** Values by id; missing ones are left out. Reads its own writes. */
  abstract readKeys(type: string, ids: string[]): Promise<Record<string, unknown>>;
  /** All values of a type, by id. Sees its own writes. */
  abstract listKeys(type: string): Promise<Record<string, unknown>>;
  /**
   * Stores a whole key transaction: all of it or nothing (beyond 1,000 records in several steps), on disk when it settles. Calls that overlap may go together.
   * Nothing is written when the epoch is stale.
   */
  abstract writeKeys(changes: KeyChanges): Promise<void>;
  /** Reads who owns the session now. Settles when that is still this lease, throws `LeaseLostError` when another has taken it and `BROKER_UNAVAILABLE`. */
  abstract confirmOwner(): Promise<void>;
  /** When the snapshots of the session were taken, ISO times, newest first. */
  abstract snapshots(): Promise<string[]>;
  /**
   * Replaces credentials and keys by those of the newest snapshot, which stays. Settles with its time; `null`, and nothing is changed, when there is none.
   * Throws `AuthStateUnreadableError`, and nothing is changed, when it does not decrypt. No socket may use the auth state meanwhile.
   */
  abstract restore(): Promise<string | null>;
  /**
   * Replaces everything by a device from elsewhere, as `clear` does first with what is there. Each step stores up to 1,000 keys and gives the number of records stored
   * so far; the credentials are in the last one. One that is ended before, by whatever, leaves nothing. No socket may use the auth state meanwhile.
   */
  abstract adopt(device: AdoptedDevice): AsyncGenerator<number, void>;
  /** Forgets everything, after keeping a dated, encrypted snapshot so that a spurious logout can be undone. */
  abstract clear(): Promise<void>;
  /** Forgets everything, snapshots too. */
  abstract erase(): Promise<void>;
}

/** Credentials and Signal keys at rest: encrypted, fenced by epoch. */
export abstract class AuthStateStore {
  /** Opens the auth state of a session. One that does not decrypt can be opened too, cleared and erased; its reads and writes throw `AuthStateUnreadableError`. */
  abstract open(lease: SessionLease): Promise<AuthState>;

  /** What others publish to seal secrets of settings for the connectors. */
  abstract readonly sealingKey: SealingKey;
  /** Opens a secret of settings. Throws `AuthStateUnreadableError` when it was sealed for another key, or for another purpose than `context`. */
  abstract openSecret(context: string, secret: SealedSecret): string;
}
