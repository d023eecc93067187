import { readFileSync } from 'node:fs';

/**
 * A list of what a rule does not judge yet: one path a line, or a folder that ends with `/`. Lists shrink: nothing new is added.
 * @param {string} name
 * @returns {readonly string[]}
 */
export function readExemptions(name) {
  const text = readFileSync(new URL(`${name}.txt`, import.meta.url), 'utf8');
  return text.split('\n').filter(line => line !== '' && !line.startsWith('#'));
}

/**
 * @param {readonly string[]} list
 * @param {string} path absolute, or from the root of the repository
 */
export function isExempt(list, path) {
  return list.some(entry => (entry.endsWith('/') ? `/${path}`.includes(`/${entry}`) : `/${path}`.endsWith(`/${entry}`)));
}
