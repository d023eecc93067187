#!/usr/bin/env node
// @ts-check
// Selects random paragraphs of the documents, and error and log lines, for a reader to mark: node tools/docs/prose-draw.mjs SEED [GIT-REF]
// [PARAGRAPHS] [LINES]
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from '../install.mjs';

/** A text to read, and the file that contains it. @typedef {{ path: string, text: string }} Passage */

const PAGES = /^(README|CONTRIBUTING|CHANGELOG|SECURITY)\.md$|^docs\/.*\.md$|^(libs|clients|examples|deploy)\/.*README\.md$/;
const GENERATED = /^docs\/(commands|events|configuration)\.md$|\/generated\//;
const CODE =
  /^(apps\/(connector|edge)|libs\/(broker|contracts|nest|runtime|sdk|migrate))\/src\/.*(?<!\.(spec|fixture|conformance|generated|d))\.ts$/;
/** Matches a literal that is shown in a log line, an error or a check. */
const SHOWN =
  /(?:(?:logger|log)\.(?:info|warn|error|debug|fatal)\((?:[^;`'"]|'[^' ]*')*?|Error\((?:'[A-Z_]+', \{ message: )?|\binvalid\(|message: |row\(\s*(?:true|false),\s*(?:true|false),\s*|\b(?:meaning|remedy|hint|detail): )(['`"])((?:\\.|(?!\1).)+)\1/gs;
const WORDS_OF_A_PARAGRAPH = 12;
const WORDS_OF_A_LINE = 4;

const wordsOf = (/** @type {string} */ text) => text.split(/\s+/).filter(word => /\p{L}/u.test(word)).length;

/** Returns the paragraphs and list items of a page, without code and tables. @param {string} page */
export function paragraphsOf(page) {
  return page
    .replace(/^(`{3,}|~{3,})[\s\S]*?^\1/gm, '')
    .replace(/<!--[\s\S]*?-->/g, '')
    .split(/\n\s*\n|\n(?=\s*(?:[-*]|\d+\.) )/)
    .map(text => text.trim())
    .filter(text => !/^[#|]/.test(text) && wordsOf(text) >= WORDS_OF_A_PARAGRAPH);
}

/** Returns the texts of errors and log lines in a TypeScript file. @param {string} code */
export function linesOf(code) {
  return [...code.matchAll(SHOWN)].map(([, , text = '']) => text).filter(text => wordsOf(text) >= WORDS_OF_A_LINE);
}

/** Returns a generator of numbers from 0 to 1, which are the same for the same seed (mulberry32). @param {number} seed */
export function randomOf(seed) {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** @template T @param {readonly T[]} all @param {number} count @param {() => number} random @returns {T[]} */
export function drawn(all, count, random) {
  const left = [...all];
  return Array.from({ length: Math.min(count, left.length) }, () => left.splice(Math.floor(random() * left.length), 1)).flat();
}

/**
 * Lists and reads the files of the tree or of a commit.
 * @param {string | undefined} ref
 * @returns {{ paths: string[], read: (path: string) => string }}
 */
function filesOf(ref) {
  const git = (/** @type {string[]} */ ...args) => execFileSync('git', args, { cwd: ROOT, encoding: 'utf8', maxBuffer: 64 << 20 });
  if (ref === undefined) return { paths: git('ls-files').split('\n'), read: path => readFileSync(join(ROOT, path), 'utf8') };
  return { paths: git('ls-tree', '-r', '--name-only', ref).split('\n'), read: path => git('show', `${ref}:${path}`) };
}

/** Returns every passage that can be selected. @param {string} [ref] */
export function passagesOf(ref) {
  const { paths, read } = filesOf(ref);
  /** @param {RegExp} pattern @param {(text: string) => string[]} textsOf @returns {Passage[]} */
  const of = (pattern, textsOf) =>
    paths.filter(path => pattern.test(path) && !GENERATED.test(path)).flatMap(path => textsOf(read(path)).map(text => ({ path, text })));
  return { paragraphs: of(PAGES, paragraphsOf), lines: of(CODE, linesOf) };
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [seed = '1', ref, paragraphs = '20', lines = '50'] = process.argv.slice(2);
  const random = randomOf(Number(seed));
  const all = passagesOf(ref === '-' ? undefined : ref);
  const print = (/** @type {Passage} */ { path, text }, /** @type {number} */ i) =>
    process.stdout.write(`${String(i + 1).padStart(2)}. ${path}\n    ${text.replace(/\s*\n\s*/g, '\n    ')}\n`);
  process.stdout.write(`seed ${seed}, ${ref ?? 'tree'}: of ${all.paragraphs.length} paragraphs and ${all.lines.length} lines\n\n`);
  drawn(all.paragraphs, Number(paragraphs), random).forEach(print);
  process.stdout.write('\n');
  drawn(all.lines, Number(lines), random).forEach(print);
}
