// @ts-check
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const SOLUTION = 'tsconfig.build.json';
/** Files that only tests use are type-checked but not built, except those that a `tsconfig.testing.json` lists. */
const TEST = /\.(spec|fixture|conformance)\.tsx?$/;
/** Matches the files that the compiler writes for a source. */
const OUTPUT = /\.(d\.[cm]?ts|[cm]?js)(\.map)?$/;

/** @param {string} root @param {string} file */
const readConfiguration = (root, file) => JSON.parse(readFileSync(join(root, file), 'utf8'));

/**
 * Returns what the build compiles according to `tsconfig.build.json`: folders, and additional configuration files of a folder.
 * @param {string} root
 * @returns {string[]} relative to the root
 */
function references(root) {
  /** @type {{ references?: { path: string }[] }} */
  const { references: all = [] } = readConfiguration(root, SOLUTION);
  return all.map(reference => reference.path.replace(/^\.\//, ''));
}

/**
 * Returns the projects that the build compiles.
 * @param {string} root
 * @returns {string[]} folders, relative to the root
 */
export function builtProjects(root) {
  return references(root).filter(path => !path.endsWith('.json'));
}

/**
 * Returns the sources of a project that have an output.
 * @param {string} root
 * @param {string} project
 */
function builtSources(root, project) {
  const { exclude = [] } = readConfiguration(root, join(project, 'tsconfig.json'));
  const entries = references(root)
    .filter(path => path.endsWith('.json') && dirname(path) === project)
    .flatMap(path => readConfiguration(root, path).include.map((/** @type {string} */ file) => join(project, file)));
  // Fixtures of tests that run from `dist` are never excluded.
  const isTest = (/** @type {string} */ file) =>
    TEST.test(file) && exclude.some((/** @type {string} */ glob) => file.endsWith(glob.replace(/^.*\*/, '')));
  return listFiles(root, join(project, 'src')).filter(file => !isTest(file) || entries.includes(file));
}

/**
 * Returns a hash of everything the compiler reads that can change without the lock file changing: its configuration and the projects' sources.
 * It depends on contents and not on times, so a fresh checkout of the same sources has the same stamp.
 * @param {string} root
 * @returns {string}
 */
export function sourceStamp(root) {
  const files = [SOLUTION, 'tsconfig.base.json', 'package-lock.json', ...references(root).filter(path => path.endsWith('.json'))];
  for (const project of builtProjects(root)) {
    files.push(join(project, 'tsconfig.json'), join(project, 'package.json'), ...builtSources(root, project));
  }
  return stampOf(root, files);
}

/**
 * Returns a hash of files, by name and content.
 * @param {string} root
 * @param {string[]} files relative to the root; a missing file counts as empty
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
 * Whether every project has an output for each of its sources. Sources that the compiler only checks have none.
 * @param {string} root
 */
export function outputsExist(root) {
  return emittingProjects(root).every(project =>
    builtSources(root, project)
      .filter(isCompiled)
      .every(file => existsSync(join(root, outputOf(project, file))))
  );
}

/**
 * Removes outputs whose source was renamed or removed, or is no longer built: an import of such a file would work only on this machine.
 * @param {string} root
 */
export function removeStaleOutputs(root) {
  for (const project of emittingProjects(root).filter(folder => existsSync(join(root, folder, 'src')))) {
    const stems = new Set(
      builtSources(root, project)
        .filter(isCompiled)
        .map(file => outputOf(project, file).replace(OUTPUT, ''))
    );
    // Bundles have a separate stamp.
    const outputs = listFiles(root, join(project, 'dist')).filter(file => !file.startsWith(join(project, 'dist', 'bundle')));
    for (const file of outputs) if (OUTPUT.test(file) && !stems.has(file.replace(OUTPUT, ''))) rmSync(join(root, file));
  }
}

/** @param {string} root */
const emittingProjects = root => builtProjects(root).filter(project => !onlyChecked(root, project));

/** @param {string} file */
const isCompiled = file => /\.[cm]?tsx?$/.test(file) && !/\.d\.[cm]?ts$/.test(file);

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
