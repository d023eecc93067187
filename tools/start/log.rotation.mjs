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

/** How large a log becomes, and how many older ones are kept beside it. @typedef {{ maxBytes: number, keep: number }} LogLimits */

const TAIL_BYTES = 65_536;

/**
 * Rotates a log file once it has become too large: its content moves to `FILE.1`, that of `FILE.1` to `FILE.2`, and the oldest goes. Whoever writes
 * keeps its open file, which must be in append mode. On a full disk the content goes for good: a log must not keep the disk full.
 * @param {string} file
 * @param {LogLimits} limits
 * @returns {boolean} whether it was rotated
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
      // Between copying and truncating lines may come: what came during the long part is copied too.
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
