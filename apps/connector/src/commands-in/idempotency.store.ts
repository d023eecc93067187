import type { ExpiringRecords } from '../auth-state/auth-state.types.js';
import type { KeyedRecord } from './idempotency.policy.js';

const TYPE = 'idempotency';

/** The command for which a key was used: the same key may be used for another session or method. */
export interface CommandKey {
  readonly method: string;
  readonly key: string;
}

/** The outcomes of commands with an idempotency key in one session, for a limited time. Encrypted, and written under the epoch of the owner. */
export class IdempotencyStore {
  constructor(
    private readonly records: ExpiringRecords,
    private readonly ttlMs: number
  ) {}

  /** Throws `BROKER_UNAVAILABLE`, and `LeaseLostError` if another process owns the session. */
  async find(command: CommandKey): Promise<KeyedRecord | null> {
    return (await this.records.readExpiring(TYPE, idOf(command))) as KeyedRecord | null;
  }

  /** Resolves when the record is on disk; its time to live starts again. Waits for an unavailable broker. Throws `LeaseLostError` and `PAYLOAD_TOO_LARGE`. */
  keep(command: CommandKey, record: KeyedRecord): Promise<void> {
    return this.records.writeExpiring({ type: TYPE, id: idOf(command), value: record, ttlMs: this.ttlMs });
  }
}

const idOf = ({ method, key }: CommandKey): string => `${method} ${key}`;
