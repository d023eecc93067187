import type { CursorStore } from './cursor.store.js';

/** The part of a browser's `Storage` that the store needs, for programs without the DOM types. */
export interface TextStorage {
  /** Returns the text of a key; `null` if there is none. */
  getItem(key: string): string | null;
  /** Stores a text under a key. */
  setItem(key: string, value: string): void;
}

/**
 * A store that keeps cursors in a browser: in `localStorage`, unless you pass another storage. All tabs of an origin share it, so give readers in different
 * tabs different names.
 */
export class LocalStorageCursorStore implements CursorStore {
  /** @param prefix the prefix of the storage keys, before the names of readers */
  constructor(
    private readonly storage: TextStorage = globalThis.localStorage,
    private readonly prefix = 'wabus.cursor.'
  ) {}

  /** {@inheritDoc CursorStore.load} */
  load(name: string): string | null {
    return this.storage.getItem(this.prefix + name);
  }

  /** {@inheritDoc CursorStore.save} */
  save(name: string, cursor: string): void {
    this.storage.setItem(this.prefix + name, cursor);
  }
}
