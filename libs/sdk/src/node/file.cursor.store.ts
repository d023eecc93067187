import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { CursorStore } from '../cursors/cursor.store.js';

/**
 * A store that keeps cursors in a folder, with one file for each name. Writes are atomic, even if the process or the machine crashes. Only one process may use
 * a name at a time.
 */
export class FileCursorStore implements CursorStore {
  /** @param folder the folder, which is created if it does not exist */
  constructor(private readonly folder: string) {}

  /** Returns the cursor that was last saved under the name; `null` if there is none. */
  async load(name: string): Promise<string | null> {
    try {
      return (await readFile(this.path(name), 'utf8')).trim() || null;
    } catch (error) {
      if ((error as { code?: unknown }).code === 'ENOENT') return null;
      throw error;
    }
  }

  /** Saves a cursor, and resolves when it is flushed to its file. */
  async save(name: string, cursor: string): Promise<void> {
    const path = this.path(name);
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    // The content is flushed before the file gets its name: otherwise a power failure could leave an empty file.
    await writeFile(`${path}.new`, cursor, { flush: true, mode: 0o600 });
    await rename(`${path}.new`, path);
  }

  private path(name: string): string {
    return join(this.folder, `${encodeURIComponent(name)}.cursor`);
  }
}
