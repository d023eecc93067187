import { accessSync, constants, mkdtempSync, readdirSync, rmSync, statfsSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** An in-memory file system, if the machine has one: the stores of tests are small, short-lived and synced often. */
const MEMORY = '/dev/shm';
/** Containers often limit it to 64 MiB. */
const LEAST_FREE_BYTES = 4 * 2 ** 30;
const ORPHAN_MS = 3_600_000;

let base: string | null = null;

/** A temporary folder for one test; `remove` deletes it with its content. */
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

/**
 * Returns the in-memory file system in tests, if it has enough space.
 * Otherwise, and for measurements, which must sync to disk as production does, returns the default folder.
 */
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

/** Folders that killed processes left would stay in memory. Recent ones may belong to a container with a separate pid namespace. */
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
