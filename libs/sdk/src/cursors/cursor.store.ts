/** Keeps how far readers are, by name. What `load` answers is where a reader continues: everything after it comes again. */
export interface CursorStore {
  /** The cursor that was saved last under the name, `null` for none. */
  load(name: string): Promise<string | null> | string | null;
  /** Settles when the cursor is kept. Called again and again, never twice at a time for one name. */
  save(name: string, cursor: string): Promise<void> | void;
}

/** Keeps cursors for as long as it lives. */
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
