// @ts-check
import {
  appendFileSync,
  chmodSync,
  closeSync,
  copyFileSync,
  existsSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync
} from 'node:fs';

/** The maximum size of a log, and the number of older files to keep. @typedef {{ maxBytes: number, keep: number }} LogLimits */

const TAIL_BYTES = 65_536;

/**
 * Rotates a log file that has become too large: its content moves to `FILE.1`, that of `FILE.1` to `FILE.2`, and the oldest is deleted. The
 * writing process keeps its open file, which must be in append mode. On a full disk the content is deleted: a log must not keep the disk full.
 * @param {string} file
 * @param {LogLimits} limits
 * @returns {boolean} whether the file was rotated
 */
export function rotateLog(file, { maxBytes, keep }) {
  if (!existsSync(file) || statSync(file).size <= maxBytes) return false;
  for (let number = keep - 1; number >= 1; number--)
    if (existsSync(`${file}.${number}`)) renameSync(`${file}.${number}`, `${file}.${number + 1}`);
  const copy = `${file}.1`;
  try {
    if (keep > 0) {
      copyFileSync(file, copy);
      chmodSync(copy, 0o600);
      // Lines may arrive between copying and truncating, so the lines that arrived during the long copy are copied as well.
      appendRest(file, copy);
    }
  } catch {
    rmSync(copy, { force: true });
  }
  truncateSync(file, 0);
  return true;
}

/**
 * @param {string} file
 * @param {string} copy
 */
function appendRest(file, copy) {
  const source = openSync(file, 'r');
  try {
    const buffer = Buffer.alloc(TAIL_BYTES);
    for (let at = statSync(copy).size; ;) {
      const length = readSync(source, buffer, 0, TAIL_BYTES, at);
      if (length === 0) return;
      appendFileSync(copy, buffer.subarray(0, length));
      at += length;
    }
  } finally {
    closeSync(source);
  }
}
