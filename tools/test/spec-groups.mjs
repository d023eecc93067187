// @ts-check
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { costOf } from './spec-cost.table.mjs';

/**
 * @typedef {import('./totals.codec.mjs').FileResult} FileResult
 * @typedef {import('./totals.codec.mjs').JestResults} JestResults
 */

/** The folder for groups in a project. Tools that read sources ignore it. */
const FOLDER = join('dist', 'spec-groups');
/** A spec that uses fake timers runs alone in its context. */
const ALONE = /useFakeTimers/;

/**
 * Divides test files into groups that share a context, with at most `size` files of one project and about the same amount of work in each.
 * Jest evaluates every module again in each context: a file that computes for 50 ms first loads for a second.
 * @param {string} root
 * @param {readonly string[]} files paths from the root
 * @param {number} size
 * @returns {string[][]}
 */
export function divideFiles(root, files, size) {
  const byProject = groupBy(files, projectOf);
  return [...byProject.values()].flatMap(ofProject => {
    const alone = ofProject.filter(file => ALONE.test(readFileSync(join(root, file), 'utf8')));
    const others = ofProject.filter(file => !alone.includes(file));
    const groups = Array.from({ length: Math.ceil(others.length / size) }, () => ({ cost: 0, files: /** @type {string[]} */ ([]) }));
    const sized = others.map(file => ({ file, cost: costOf(root, file) })).sort((a, b) => b.cost - a.cost);
    for (const { file, cost } of sized) {
      const open = groups.filter(group => group.files.length < size);
      const least = open.reduce((a, b) => (b.cost < a.cost ? b : a));
      least.files.push(file);
      least.cost += cost;
    }
    return [...groups.map(group => group.files), ...alone.map(file => [file])];
  });
}

/**
 * Sorts the longest groups first, so that little else is still running when the last one ends.
 * @param {string} root
 * @param {readonly string[][]} groups
 */
export function longestFirst(root, groups) {
  const cost = (/** @type {string[]} */ files) => files.reduce((sum, file) => sum + costOf(root, file), 0);
  return groups
    .map(files => ({ files, cost: cost(files) }))
    .sort((a, b) => b.cost - a.cost)
    .map(({ files }) => files);
}

/**
 * Writes a file for Jest that runs each group; a group with one file is that file itself. The files of an earlier run are removed.
 * @param {string} root
 * @param {readonly string[][]} groups
 * @returns {Map<string, string[]>} the files to pass to Jest, as paths from the root, with the test files in each
 */
export function writeGroups(root, groups) {
  removeGroups(root, groups.flat());
  return new Map(
    groups.map((files, index) => {
      if (files.length === 1) return [/** @type {string} */ (files[0]), files];
      const suffix = files.every(file => file.includes('.int.spec.')) ? '.int.spec.mjs' : '.spec.mjs';
      const path = join(projectOf(/** @type {string} */ (files[0])), FOLDER, `${index}${suffix}`);
      mkdirSync(join(root, dirname(path)), { recursive: true });
      const lines = files.map(file => {
        const specifier = JSON.stringify(relative(dirname(path), file));
        return `await specFile(${JSON.stringify(file)}, () => import(${specifier}));\n`;
      });
      writeFileSync(join(root, path), lines.join(''));
      return [path, files];
    })
  );
}

/**
 * @param {string} root
 * @param {readonly string[]} files
 */
export function removeGroups(root, files) {
  for (const project of new Set(files.map(projectOf))) rmSync(join(root, project, FOLDER), { recursive: true, force: true });
}

/**
 * Returns the results of the files in groups, each with its own path. A file without any result could not be loaded and counts as failed.
 * @param {string} root
 * @param {JestResults} results
 * @param {ReadonlyMap<string, readonly string[]>} groups the return value of `writeGroups`
 * @returns {JestResults}
 */
export function resultsOfFiles(root, { testResults }, groups) {
  return {
    testResults: testResults.flatMap(result => {
      const files = groups.get(relative(root, result.name)) ?? [];
      return files.length < 2 ? [result] : files.map(file => resultOfFile(root, file, result));
    })
  };
}

/**
 * @param {string} root
 * @param {string} file
 * @param {FileResult} group
 * @returns {FileResult}
 */
function resultOfFile(root, file, group) {
  const assertionResults = group.assertionResults.filter(({ ancestorTitles = [] }) => ancestorTitles[0] === file);
  const hasFailed = assertionResults.length === 0 || assertionResults.some(({ status }) => status === 'failed');
  return { name: join(root, file), status: hasFailed ? 'failed' : 'passed', assertionResults };
}

/** @param {string} file */
const projectOf = file => (file.startsWith('tools/') ? 'tools' : file.split('/').slice(0, 2).join('/'));

/**
 * @param {readonly string[]} files
 * @param {(file: string) => string} key
 */
function groupBy(files, key) {
  /** @type {Map<string, string[]>} */
  const groups = new Map();
  for (const file of files) groups.set(key(file), [...(groups.get(key(file)) ?? []), file]);
  return groups;
}
