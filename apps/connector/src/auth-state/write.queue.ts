import { WabusError } from '@wabus/contracts';

type Changes = ReadonlyMap<string, string | null>;

/** Changes that are stored together or not at all. Texts by key, `null` deletes. */
interface Transaction {
  readonly changes: Changes;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** What goes to the store together. */
interface Batch {
  readonly transactions: Transaction[];
  /** Of all transactions. */
  readonly changes: Map<string, string | null>;
  /** Why a batch before it could not be stored. */
  failure: unknown;
}

/**
 * The writes of one session, one step after another. Changes that arrive while a step is in progress are collected into the next, up to a size;
 * a transaction is never divided between two steps, and the newest content of a key wins.
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
   * Settles when the changes are stored. Rejects when they, or any before them that they may be made of, cannot be stored; of changes that are too large only these are missing
   * (`PAYLOAD_TOO_LARGE`).
   */
  add(changes: Changes): Promise<void> {
    const batch = this.batchFor(changes.size);
    for (const [key, text] of changes) batch.changes.set(key, text);
    return new Promise((resolve, reject) => batch.transactions.push({ changes, resolve, reject }));
  }

  /** What is not stored yet of a key: its text, `null` when it must be deleted, `undefined` when nothing is. */
  find(key: string): string | null | undefined {
    for (let i = this.unwritten.length - 1; i >= 0; i--) {
      const text = this.unwritten[i]!.changes.get(key);
      if (text !== undefined) return text;
    }
    return undefined;
  }

  /** Runs a step of its own after everything added before and before everything added later. */
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
