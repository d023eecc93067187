import type { CursorStore } from './cursor.store.js';

/** The part of a browser's `Storage` that the store needs, for programs without the types of the DOM. */
export interface TextStorage {
  /** The text of a key; `null` if there is none. */
  getItem(key: string): string | null;
  /** Stores a text under a key. */
  setItem(key: string, value: string): void;
}

/** Stores cursors in a browser, in `localStorage` unless you pass another storage. Tabs of one origin share it: give readers of different tabs different names. */
export class LocalStorageCursorStore implements CursorStore {
  /** `prefix` is put before the names of readers. */
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
