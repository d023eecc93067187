/** Stores the positions of readers, by name. A reader continues after the cursor that `load` returns: everything after it is delivered again. */
export interface CursorStore {
  /** The last cursor saved under the name; `null` if there is none. */
  load(name: string): Promise<string | null> | string | null;
  /** Resolves when the cursor is stored. Called repeatedly, but never concurrently for one name. */
  save(name: string, cursor: string): Promise<void> | void;
}

/** Keeps cursors in memory, as long as the object exists. */
export class MemoryCursorStore implements CursorStore {
  private readonly cursors = new Map<string, string>();

  /** {@inheritDoc CursorStore.load} */
  load(name: string): string | null {
    return this.cursors.get(name) ?? null;
  }

  /** {@inheritDoc CursorStore.save} */
  save(name: string, cursor: string): void {
    this.cursors.set(name, cursor);
  }
}
