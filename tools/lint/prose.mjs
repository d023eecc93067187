#!/usr/bin/env node
// @ts-check
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { hasExemptions, readExemptions, writeExemptions } from './exempt/exemptions.reader.mjs';
import { PATTERNS } from './prose/prose.patterns.mjs';
import { proseOf } from './prose/prose.reader.mjs';

const EXEMPT = 'tools/lint/exempt/prose.txt';
/** Generated texts are corrected in their sources. */
const GENERATED = [/^docs\/(commands|events|configuration)\.md$/, /^libs\/sdk\/src\/generated\//, /\.generated\.ts$/];
/** The files that contain the patterns and their planted faults. */
const OWN = /^tools\/lint\/prose|^docs\/style\.md$/;

/** @typedef {{ path: string, line: number, phrase: string, instead: string }} Hit */

/**
 * Returns the phrases in one file.
 * @param {string} path
 * @param {string} text
 * @returns {Hit[]}
 */
export function hitsIn(path, text) {
  const prose = proseOf(path, text);
  // A phrase may span two lines.
  const flat = prose.replace(/\n/g, ' ');
  return PATTERNS.flatMap(({ phrase, instead }) =>
    [...flat.matchAll(new RegExp(phrase.source.replaceAll(/ /g, '\\s+'), `${phrase.flags}g`))].map(match => ({
      path,
      line: prose.slice(0, match.index).split('\n').length,
      phrase: match[0].trim().replace(/\s+/g, ' '),
      instead
    }))
  );
}

/**
 * Returns the faults, given all hits and the list of files that are still exempt.
 * @param {Hit[]} hits
 * @param {readonly string[]} exempt
 * @returns {string[]}
 */
export function faultsOf(hits, exempt) {
  const withHits = new Set(hits.map(({ path }) => path));
  return [
    ...hits
      .filter(({ path }) => !exempt.includes(path))
      .map(({ path, line, phrase, instead }) => `${path}:${line}  "${phrase}": write ${instead}`),
    ...exempt.filter(path => !withHits.has(path)).map(path => `${EXEMPT}  ${path} has no such phrase any longer: remove it from the list`)
  ];
}

/**
 * Returns the hits in all files of a git working tree.
 * @param {string} root
 * @returns {Hit[]}
 */
function hitsInTree(root) {
  const options = /** @type {const} */ ({ cwd: root, encoding: 'utf8', maxBuffer: 64 << 20 });
  return execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md', '*.ts', '*.tsx', '*.mjs', '*.cjs'], options)
    .split('\n')
    .filter(path => path && !GENERATED.some(one => one.test(path)) && !OWN.test(path) && existsSync(join(root, path)))
    .flatMap(path => hitsIn(path, readFileSync(join(root, path), 'utf8')));
}

/**
 * Checks all files. With `--write`, updates the list of exempt files and refuses to make it longer.
 * @param {string} root
 * @param {{ write?: boolean }} [options]
 * @returns {string[]} faults
 */
export function checkProse(root, { write = false } = {}) {
  const hits = hitsInTree(root);
  const isListed = hasExemptions('prose');
  const exempt = isListed ? readExemptions('prose') : [];
  if (!write) return faultsOf(hits, exempt);
  const next = [...new Set(hits.map(({ path }) => path))].sort();
  if (isListed && next.length > exempt.length)
    return [`${EXEMPT} would grow from ${exempt.length} to ${next.length} files: it may only shrink`, ...faultsOf(hits, exempt)];
  writeExemptions('prose', next);
  return [];
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const faults = checkProse(fileURLToPath(new URL('../..', import.meta.url)), { write: process.argv.includes('--write') });
  for (const fault of faults) console.error(fault);
  if (faults.length > 0) console.error(`\n${faults.length} phrases or entries. See docs/style.md.`);
  process.exitCode = faults.length > 0 ? 1 : 0;
}
