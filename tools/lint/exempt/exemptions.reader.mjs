import { existsSync, readFileSync, writeFileSync } from 'node:fs';

const HEAD = '# Files that the rule does not check yet. The list may only shrink.';

/** @param {string} name */
const fileOf = name => new URL(`${name}.txt`, import.meta.url);

/**
 * Reads the list of paths that a rule does not check yet: one path per line, or a folder that ends with `/`. The lists may only shrink.
 * @param {string} name
 * @returns {readonly string[]}
 */
export function readExemptions(name) {
  return readFileSync(fileOf(name), 'utf8')
    .split('\n')
    .filter(line => line !== '' && !line.startsWith('#'));
}

/** @param {string} name */
export const hasExemptions = name => existsSync(fileOf(name));

/**
 * @param {string} name
 * @param {readonly string[]} paths
 */
export function writeExemptions(name, paths) {
  writeFileSync(fileOf(name), `${[HEAD, ...paths].join('\n')}\n`);
}

/**
 * @param {readonly string[]} list
 * @param {string} path absolute, or relative to the root of the repository
 */
export function isExempt(list, path) {
  return list.some(entry => (entry.endsWith('/') ? `/${path}`.includes(`/${entry}`) : `/${path}`.endsWith(`/${entry}`)));
}
