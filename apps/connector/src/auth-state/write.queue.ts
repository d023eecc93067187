import { WabusError } from '@wabus/contracts';

type Changes = ReadonlyMap<string, string | null>;

/** Changes that are stored atomically. Texts by key; `null` deletes. */
interface Transaction {
  readonly changes: Changes;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** Transactions that are stored together. */
interface Batch {
  readonly transactions: Transaction[];
  /** The changes of all transactions. */
  readonly changes: Map<string, string | null>;
  /** Why an earlier batch could not be stored. */
  failure: unknown;
}

/**
 * The writes of one session, one step after another.
 * Changes that arrive during a step are collected into the next one, up to a maximum size; a transaction is never split between two steps, and the newest
 * content of a key wins.
 */
export class WriteQueue {
  private readonly unwritten: Batch[] = [];
  private collecting: Batch | null = null;
  private turn: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly store: (changes: Changes) => Promise<void>,
    private readonly maxChanges: number
  ) {}

  /**
   * Resolves when the changes are stored. Rejects if they, or any earlier changes on which they may depend, cannot be stored.
   * If changes are too large, only these are rejected (`PAYLOAD_TOO_LARGE`).
   */
  add(changes: Changes): Promise<void> {
    const batch = this.batchFor(changes.size);
    for (const [key, text] of changes) batch.changes.set(key, text);
    return new Promise((resolve, reject) => batch.transactions.push({ changes, resolve, reject }));
  }

  /** Returns the pending change of a key: its text, `null` if it will be deleted, `undefined` if there is none. */
  find(key: string): string | null | undefined {
    for (let i = this.unwritten.length - 1; i >= 0; i--) {
      const text = this.unwritten[i]!.changes.get(key);
      if (text !== undefined) return text;
    }
    return undefined;
  }

  /** Runs an exclusive step after everything added before it and before everything added later. */
  exclusively<T>(step: () => Promise<T>): Promise<T> {
    this.collecting = null;
    const result = this.turn.then(step);
    this.turn = result.catch(() => undefined);
    return result;
  }

  private batchFor(size: number): Batch {
    const open = this.collecting;
    if (open && open.changes.size + size <= this.maxChanges) return open;
    const batch: Batch = { transactions: [], changes: new Map(), failure: null };
    this.unwritten.push(batch);
    void this.exclusively(() => this.write(batch));
    this.collecting = batch;
    return batch;
  }

  private async write(batch: Batch): Promise<void> {
    if (this.collecting === batch) this.collecting = null;
    if (batch.failure !== null) return this.fail(batch, batch.failure);
    try {
      await this.store(batch.changes);
    } catch (error) {
      if (isTooLarge(error) && batch.transactions.length > 1) return this.writeEach(batch);
      return this.fail(batch, error);
    }
    this.end(batch);
    for (const { resolve } of batch.transactions) resolve();
  }

  private fail(batch: Batch, error: unknown): void {
    this.end(batch);
    if (!isTooLarge(error)) for (const behind of this.unwritten) behind.failure ??= error;
    for (const { reject } of batch.transactions) reject(error);
  }

  /** One of them is too large: the others are stored without it. */
  private async writeEach(batch: Batch): Promise<void> {
    for (const { changes, resolve, reject } of batch.transactions) await this.store(changes).then(resolve, reject);
    this.end(batch);
  }

  private end(batch: Batch): void {
    this.unwritten.splice(this.unwritten.indexOf(batch), 1);
  }
}

const isTooLarge = (error: unknown): boolean => error instanceof WabusError && error.code === 'PAYLOAD_TOO_LARGE';
