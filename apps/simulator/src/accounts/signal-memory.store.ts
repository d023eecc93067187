import {
  addTransactionCapability,
  BufferJSON,
  type SignalDataSet,
  type SignalDataTypeMap,
  type SignalKeyStoreWithTransaction
} from '@whiskeysockets/baileys';
import { silentLogger } from '../signal/silent-logger.js';

/**
 * In-memory Signal records of one simulated phone. The store returns copies of its
 * values, so that libsignal's in-place edits never change a record before it is stored.
 */
export class SignalMemoryStore {
  private readonly records = new Map<string, unknown>();

  /** The store with the transactions that Baileys' Signal repository requires. */
  readonly keys: SignalKeyStoreWithTransaction = addTransactionCapability(
    {
      get: <T extends keyof SignalDataTypeMap>(type: T, ids: string[]) => {
        const found: Record<string, SignalDataTypeMap[T]> = {};
        for (const id of ids) {
          const value = this.records.get(`${type}/${id}`);
          if (value !== undefined) found[id] = structuredClone(value) as SignalDataTypeMap[T];
        }
        return found;
      },
      set: (data: SignalDataSet) => {
        this.write(data);
      }
    },
    silentLogger,
    { maxCommitRetries: 1, delayBetweenTriesMs: 1 }
  );

  constructor(private readonly changed: () => void = () => undefined) {}

  /** Returns all records as JSON texts by `type/id`. */
  dump(): Record<string, string> {
    return Object.fromEntries([...this.records].map(([key, value]) => [key, JSON.stringify(value, BufferJSON.replacer)]));
  }

  /** Deletes all records of one kind. */
  forget(type: keyof SignalDataTypeMap): void {
    for (const key of this.records.keys()) if (key.startsWith(`${type}/`)) this.records.delete(key);
    this.changed();
  }

  /** Restores records from {@link dump}. */
  restore(dumped: Record<string, string>): void {
    for (const [key, text] of Object.entries(dumped)) this.records.set(key, JSON.parse(text, BufferJSON.reviver));
  }

  private write(data: SignalDataSet): void {
    for (const [type, values] of Object.entries(data)) {
      for (const [id, value] of Object.entries(values ?? {})) {
        if (value === null || value === undefined) this.records.delete(`${type}/${id}`);
        else this.records.set(`${type}/${id}`, value);
      }
    }
    this.changed();
  }
}
