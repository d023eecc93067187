// @ts-check
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'oxfmt';
import { ROOT } from '../install.mjs';

const OPTIONS = JSON.parse(readFileSync(join(ROOT, '.oxfmtrc.json'), 'utf8'));
delete OPTIONS.$schema;
delete OPTIONS.ignorePatterns;

/**
 * Formats a text as the contents of a file with this path.
 * @param {string} path
 * @param {string} text
 * @throws {Error} with the formatter's messages if it cannot parse the text
 */
export async function formatted(path, text) {
  const { code, errors } = await format(path, text, OPTIONS);
  if (errors.length > 0) throw new Error(`${path}: ${errors.map(({ message }) => message).join('; ')}`);
  return code;
}

/**
 * Formats a text until the formatter no longer changes it: one pass is not enough for types that it breaks over several lines.
 * @param {string} path
 * @param {string} text
 * @returns {Promise<string>}
 */
export async function settled(path, text) {
  const next = await formatted(path, text);
  return next === text ? text : settled(path, next);
}

/** Formats every JSON file in a folder. @param {string} folder */
export async function formatFolder(folder) {
  for (const file of readdirSync(folder).filter(name => name.endsWith('.json'))) {
    const path = join(folder, file);
    writeFileSync(path, await formatted(path, readFileSync(path, 'utf8')));
  }
}
