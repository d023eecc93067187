// @ts-check
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';

/** The text as prettier leaves it in a file of this path. @param {string} path @param {string} text */
export async function formatted(path, text) {
  return format(text, { ...(await resolveConfig(path)), filepath: path });
}

/** Formats every JSON file of a folder. @param {string} folder */
export async function formatFolder(folder) {
  for (const file of readdirSync(folder).filter(name => name.endsWith('.json'))) {
    const path = join(folder, file);
    writeFileSync(path, await formatted(path, readFileSync(path, 'utf8')));
  }
}
