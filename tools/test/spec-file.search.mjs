// @ts-check
import { existsSync, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/** Returns the tier of a test file, by its name. @param {string} path */
export const tierOf = path => (/(^|[\\/])apps[\\/]e2e[\\/]/.test(path) ? 'e2e' : /\.int\.spec\.[cm]?[jt]s$/.test(path) ? 'int' : 'unit');

/**
 * Returns every app, lib and client of ours with sources, such as `libs/broker`. A new folder is included automatically.
 * @param {string} root
 * @returns {string[]}
 */
export function projectFolders(root) {
  return ['apps', 'clients', 'libs']
    .filter(group => existsSync(join(root, group)))
    .flatMap(group => readdirSync(join(root, group)).map(name => `${group}/${name}`))
    .filter(project => existsSync(join(root, project, 'src')));
}

/**
 * Returns every test file that Jest runs, as paths from the root with `/`.
 * The tests of the lint are not included: they run in Node's own test runner.
 * @param {string} root
 * @returns {string[]}
 */
export function specFiles(root) {
  return [...projectFolders(root).map(project => join(root, project, 'src')), join(root, 'tools')]
    .flatMap(folder => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map(name => join(folder, name)))
    .filter(file => /\.spec\.(ts|mjs)$/.test(file))
    .map(file => relative(root, file).split(sep).join('/'))
    .filter(file => !file.startsWith('tools/lint/'))
    .sort();
}
