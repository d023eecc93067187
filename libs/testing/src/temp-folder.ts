import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder of its own for one test; `remove` takes it away with all that is in it. */
export interface TempFolder extends Disposable {
  readonly path: string;
  remove(): void;
}

export function createTempFolder(purpose = 'test'): TempFolder {
  const path = mkdtempSync(join(tmpdir(), `wabus-${purpose}-`));
  const remove = (): void => rmSync(path, { recursive: true, force: true, maxRetries: 3 });
  return { path, remove, [Symbol.dispose]: remove };
}
