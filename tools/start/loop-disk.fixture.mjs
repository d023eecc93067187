// @ts-check
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A disk with a chosen size: a file system in a sparse file, mounted through a loop device. Requires root and a kernel that permits it. */
export class LoopDisk {
  #image;

  /** @param {number} bytes */
  constructor(bytes) {
    this.folder = mkdtempSync(join(tmpdir(), 'wabus-disk-'));
    this.#image = join(this.folder, 'image');
    /** The mount point. */
    this.path = join(this.folder, 'disk');
    mkdirSync(this.path);
    writeFileSync(this.#image, '');
    truncateSync(this.#image, bytes);
    try {
      run('mkfs.ext4', ['-q', '-F', '-m', '0', this.#image]);
      run('mount', ['-o', 'loop', this.#image, this.path]);
    } catch (error) {
      rmSync(this.folder, { recursive: true, force: true });
      throw error;
    }
  }

  /** Uses up all remaining space. */
  fill() {
    // Halves the size on failure, because a file that is too large allocates nothing.
    for (let bytes = 2 ** 33, number = 0; bytes >= 4_096; number++) {
      try {
        run('fallocate', ['-l', String(bytes), join(this.path, `filler-${number}`)]);
      } catch {
        rmSync(join(this.path, `filler-${number}`), { force: true });
        bytes /= 2;
      }
    }
  }

  /** Frees the space that `fill` has used. */
  clear() {
    run('sh', ['-c', `rm -f '${this.path}'/filler-*`]);
  }

  remove() {
    try {
      run('umount', [this.path]);
    } catch {
      // A process that is about to end may still have a file on the disk open.
      run('umount', ['-l', this.path]);
    }
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Returns why such a disk cannot be created here; `null` if it can. */
export function loopDiskFault() {
  if (process.platform !== 'linux') return 'only Linux has loop devices';
  if (process.getuid?.() !== 0) return 'mounting takes root';
  try {
    new LoopDisk(8 * 2 ** 20).remove();
    return null;
  } catch (error) {
    return error instanceof Error ? (error.message.split('\n').at(-1) ?? error.message) : String(error);
  }
}

/** @param {string} command @param {string[]} args */
function run(command, args) {
  execFileSync(command, args, { stdio: ['ignore', 'ignore', 'pipe'], timeout: 60_000 });
}
