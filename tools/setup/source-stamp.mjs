// @ts-check
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/**
 * The projects that `tsc -b` builds, from the references in the root tsconfig.json.
 * @param {string} root
 * @returns {string[]} folders, relative to the root
 */
export function builtProjects(root) {
  /** @type {{ references?: { path: string }[] }} */
  const configuration = JSON.parse(readFileSync(join(root, 'tsconfig.json'), 'utf8'));
  return (configuration.references ?? []).map(reference => reference.path.replace(/^\.\//, ''));
}

/**
 * A hash over everything the compiler reads that can change without the lock file changing: its configuration and the projects' sources.
 * Contents count, not times, so that a fresh checkout of the same sources has the same stamp.
 * @param {string} root
 * @returns {string}
 */
export function sourceStamp(root) {
  const files = ['tsconfig.json', 'tsconfig.base.json', 'package-lock.json'];
  for (const project of builtProjects(root)) {
    files.push(join(project, 'tsconfig.json'), join(project, 'package.json'), ...listFiles(root, join(project, 'src')));
  }
  return stampOf(root, files);
}

/**
 * A hash over files, by name and content.
 * @param {string} root
 * @param {string[]} files relative to the root; one that is not there counts as empty
 * @returns {string}
 */
export function stampOf(root, files) {
  const hash = createHash('sha256');
  for (const file of files) {
    hash.update(`${file}\0`);
    if (existsSync(join(root, file))) hash.update(readFileSync(join(root, file)));
    hash.update('\0');
  }
  return hash.digest('hex');
}

/**
 * Whether every project has an output for each of its sources. One that the compiler only checks has none.
 * @param {string} root
 */
export function outputsExist(root) {
  const emitting = builtProjects(root).filter(project => !onlyChecked(root, project));
  return emitting.every(project =>
    listFiles(root, join(project, 'src'))
      .filter(file => /\.[cm]?tsx?$/.test(file) && !/\.d\.[cm]?ts$/.test(file))
      .every(file => existsSync(join(root, outputOf(project, file))))
  );
}

/**
 * @param {string} root
 * @param {string} project
 */
function onlyChecked(root, project) {
  const file = join(root, project, 'tsconfig.json');
  return existsSync(file) && JSON.parse(readFileSync(file, 'utf8')).compilerOptions?.noEmit === true;
}

/**
 * @param {string} project
 * @param {string} file
 */
function outputOf(project, file) {
  return join(project, 'dist', file.slice(join(project, 'src').length + 1)).replace(/\.([cm]?)tsx?$/, '.$1js');
}

/**
 * @param {string} root
 * @param {string} folder
 * @returns {string[]} sorted, relative to the root
 */
export function listFiles(root, folder) {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter(entry => entry.isFile())
    .map(entry => relative(root, join(entry.parentPath, entry.name)))
    .sort();
}
