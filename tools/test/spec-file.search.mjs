// @ts-check
import { readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { tierOf } from './tier.environment.mjs';

export { tierOf };

/**
 * Every test file that Jest runs, as paths from the root with `/`.
 * The tests of the lint are not among them: they run in Node's own test runner.
 * @param {string} root
 * @returns {string[]}
 */
export function specFiles(root) {
  const folders = ['apps', 'libs'].flatMap(group => readdirSync(join(root, group)).map(name => join(root, group, name, 'src')));
  return [...folders, join(root, 'tools')]
    .flatMap(folder => entriesOf(folder))
    .filter(file => /\.spec\.(ts|mjs)$/.test(file))
    .map(file => relative(root, file).split(sep).join('/'))
    .filter(file => !file.startsWith('tools/lint/'))
    .sort();
}

/** @param {string} folder */
function entriesOf(folder) {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' }).map(name => join(folder, name));
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT') return [];
    throw error;
  }
}
