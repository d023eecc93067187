// @ts-check
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { costOf } from './spec-cost.table.mjs';

/**
 * @typedef {import('./totals.codec.mjs').FileResult} FileResult
 * @typedef {import('./totals.codec.mjs').JestResults} JestResults
 */

/** Where groups are written below a project: what reads sources does not look there. */
const FOLDER = join('dist', 'spec-groups');
/** Whoever sets the clock of its context runs alone in it. */
const ALONE = /useFakeTimers/;

/**
 * Divides test files into groups that share a context, at most `size` of a project in each and about as much to do in one as in another.
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
 * The longest first: what runs beside the last one is short then.
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
 * Writes a file for Jest that runs each group; a group of one is that file itself. Those of an earlier run are removed.
 * @param {string} root
 * @param {readonly string[][]} groups
 * @returns {Map<string, string[]>} what Jest is to run, as paths from the root, and the files in each
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
 * The results of the files in groups, each under its own path. A file without any result could not be loaded: it has failed.
 * @param {string} root
 * @param {JestResults} results
 * @param {ReadonlyMap<string, readonly string[]>} groups of `writeGroups`
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
