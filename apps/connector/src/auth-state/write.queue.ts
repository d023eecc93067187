/** Changes that go to the store together. Texts by key, `null` deletes. */
export interface WriteBatch {
  readonly changes: Map<string, string | null>;
  readonly stored: Promise<void>;
}

interface OpenBatch extends WriteBatch {
  readonly settle: { resolve: () => void; reject: (error: unknown) => void };
}

/**
 * The writes of one session, one step after another. Changes that arrive while a step is in progress are collected into the next, up to a size;
 * a transaction is never divided between two steps, and the newest content of a key wins.
 */
export class WriteQueue {
  private readonly unwritten: OpenBatch[] = [];
  private collecting: OpenBatch | null = null;
  private turn: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly store: (changes: ReadonlyMap<string, string | null>) => Promise<void>,
    private readonly maxChanges: number
  ) {}

  /** Settles when the changes are stored. */
  add(changes: ReadonlyMap<string, string | null>): Promise<void> {
    const batch = this.batchFor(changes.size);
    for (const [key, text] of changes) batch.changes.set(key, text);
    return batch.stored;
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

  private batchFor(size: number): OpenBatch {
    const open = this.collecting;
    if (open && open.changes.size + size <= this.maxChanges) return open;
    const settle = { resolve: (): void => undefined, reject: (_error: unknown): void => undefined };
    const stored = new Promise<void>((resolve, reject) => Object.assign(settle, { resolve, reject }));
    const batch: OpenBatch = { changes: new Map(), stored, settle };
    this.unwritten.push(batch);
    void this.exclusively(() => this.write(batch)).then(settle.resolve, settle.reject);
    this.collecting = batch;
    return batch;
  }

  private async write(batch: OpenBatch): Promise<void> {
    if (this.collecting === batch) this.collecting = null;
    try {
      await this.store(batch.changes);
    } finally {
      this.unwritten.splice(this.unwritten.indexOf(batch), 1);
    }
  }
}
