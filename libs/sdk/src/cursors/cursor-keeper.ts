import type { CursorStore } from './cursor.store.js';

/** Saves the position of one reader. It writes only one cursor at a time and then the newest one, so that a slow store is at most one write behind. */
export class CursorKeeper {
  private next: string | null = null;
  private saving: Promise<void> | null = null;

  /** @param failed called when the store fails; the next write saves the position */
  constructor(
    private readonly store: CursorStore,
    private readonly name: string,
    private readonly failed: (error: unknown) => void
  ) {}

  /** Returns the stored cursor. Rejects if the store rejects. */
  async load(): Promise<string | null> {
    return this.store.load(this.name);
  }

  /** Records that everything up to this cursor was handled. */
  advance(cursor: string): void {
    this.next = cursor;
    this.saving ??= this.save();
  }

  /** Resolves when all positions are saved, or saving has failed. */
  async flush(): Promise<void> {
    await this.saving;
  }

  private async save(): Promise<void> {
    // Events that are handled at the same moment result in one write.
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
