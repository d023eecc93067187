import type { CursorStore } from './cursor.store.js';

/** Saves the position of one reader: one write at a time, the newest cursor next, so that a slow store is never more than one write behind. */
export class CursorKeeper {
  private next: string | null = null;
  private saving: Promise<void> | null = null;

  /** `failed` is called when the store fails; the cursor is then kept with the next one. */
  constructor(
    private readonly store: CursorStore,
    private readonly name: string,
    private readonly failed: (error: unknown) => void
  ) {}

  /** Rejects if the store rejects. */
  async load(): Promise<string | null> {
    return this.store.load(this.name);
  }

  /** Everything up to this cursor was handled. */
  advance(cursor: string): void {
    this.next = cursor;
    this.saving ??= this.save();
  }

  /** Resolves when everything is saved, or saving has failed. */
  async flush(): Promise<void> {
    await this.saving;
  }

  private async save(): Promise<void> {
    // Events handled at the same moment are one write.
    await Promise.resolve();
    try {
      for (let cursor = this.take(); cursor !== null; cursor = this.take()) await this.store.save(this.name, cursor);
    } catch (error) {
      this.failed(error);
    } finally {
      this.saving = null;
    }
  }

  private take(): string | null {
    const cursor = this.next;
    this.next = null;
    return cursor;
  }
}
