// @ts-check
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { listFiles } from '../setup/source-stamp.mjs';

/** A fixed date, so that the same files produce the same archive. */
const MADE = new Date(1980, 0, 1);

/**
 * Packs the unpacked extension into the archive that a web store accepts.
 * @param {string} folder the unpacked extension
 * @param {string} target the folder for the archive
 * @returns {string} the path of the archive, whose name contains the version in the manifest
 */
export function packExtension(folder, target) {
  const files = listFiles(folder, '').map(name => /** @type {const} */ ([name, readFileSync(join(folder, name))]));
  const { version } = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));
  const archive = join(target, `wabus-passkey-${version}.zip`);
  writeFileSync(archive, zipSync(Object.fromEntries(files), { mtime: MADE }));
  return archive;
}
