// @ts-check
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { listFiles } from '../setup/source-stamp.mjs';

/** @typedef {import('../terminal/progress.mjs').Progress} Progress */

/** The n8n package. */
export const NODES = join('clients', 'n8n-nodes-wabus');

/**
 * Copies the files that n8n reads next to the compiled nodes: icons and codex files.
 * @param {Progress} _progress
 * @param {string} root
 * @returns {Promise<'built' | 'unchanged'>}
 */
export async function copyNodeFiles(_progress, root) {
  const source = join(NODES, 'src');
  const changed = listFiles(root, source)
    .filter(file => /\.(svg|json)$/.test(file))
    .map(file => ({ from: join(root, file), to: join(root, NODES, 'dist', file.slice(source.length + 1)) }))
    .filter(({ from, to }) => !existsSync(to) || !readFileSync(from).equals(readFileSync(to)));
  for (const { from, to } of changed) {
    mkdirSync(dirname(to), { recursive: true });
    writeFileSync(to, readFileSync(from));
  }
  return changed.length > 0 ? 'built' : 'unchanged';
}
