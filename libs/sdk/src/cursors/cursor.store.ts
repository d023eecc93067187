/** A store for the positions of readers, by name. A reader continues after the cursor that `load` returns: all later events are delivered again. */
export interface CursorStore {
  /** Returns the cursor that was last saved under the name; `null` if there is none. */
  load(name: string): Promise<string | null> | string | null;
  /** Saves a cursor, and resolves when it is stored. Called repeatedly, but never concurrently for one name. */
  save(name: string, cursor: string): Promise<void> | void;
}

/** A store that keeps cursors in memory, as long as the object exists. */
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
