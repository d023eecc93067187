import { accessSync, constants, mkdtempSync, readdirSync, rmSync, statfsSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A file system in memory, where the machine has one: stores of tests are small, short-lived and synced often. */
const MEMORY = '/dev/shm';
/** Containers often give it 64 MiB. */
const LEAST_FREE_BYTES = 4 * 2 ** 30;
const ORPHAN_MS = 3_600_000;

let base: string | null = null;

/** A folder of its own for one test; `remove` takes it away with all that is in it. */
export interface TempFolder extends Disposable {
  readonly path: string;
  remove(): void;
}

export function createTempFolder(purpose = 'test'): TempFolder {
  base ??= findTempBase();
  const path = mkdtempSync(join(base, `wabus-${process.pid}-${purpose}-`));
  const remove = (): void => rmSync(path, { recursive: true, force: true, maxRetries: 3 });
  return { path, remove, [Symbol.dispose]: remove };
}

/** In tests in memory, where there is enough; what measures syncs to the disk, as production does. */
export function findTempBase(): string {
  if (process.env['JEST_WORKER_ID'] === undefined) return tmpdir();
  try {
    accessSync(MEMORY, constants.W_OK);
    const { bavail, bsize } = statfsSync(MEMORY);
    if (bavail * bsize < LEAST_FREE_BYTES) return tmpdir();
    removeOrphans();
    return MEMORY;
  } catch {
    return tmpdir();
  }
}

/** What killed processes left would stay in memory. Young ones may be of a container with other process numbers. */
function removeOrphans(): void {
  for (const name of readdirSync(MEMORY)) {
    const pid = /^wabus-(\d+)-/.exec(name)?.[1];
    const path = join(MEMORY, name);
    const age = Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (pid !== undefined && age > ORPHAN_MS && !isRunning(Number(pid))) rmSync(path, { recursive: true, force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
