import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { CursorStore } from '../cursors/cursor.store.js';

/** Keeps cursors in a folder, one file for each name. A write is whole or not there, also when the process dies. One process for a name at a time. */
export class FileCursorStore implements CursorStore {
  /** The folder is made when it is not there. */
  constructor(private readonly folder: string) {}

  /** {@inheritDoc CursorStore.load} */
  async load(name: string): Promise<string | null> {
    try {
      return (await readFile(this.path(name), 'utf8')).trim() || null;
    } catch (error) {
      if ((error as { code?: unknown }).code === 'ENOENT') return null;
      throw error;
    }
  }

  /** {@inheritDoc CursorStore.save} */
  async save(name: string, cursor: string): Promise<void> {
    const path = this.path(name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(`${path}.new`, cursor);
    await rename(`${path}.new`, path);
  }

  private path(name: string): string {
    return join(this.folder, `${encodeURIComponent(name)}.cursor`);
  }
}
