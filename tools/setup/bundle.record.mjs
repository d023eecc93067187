// @ts-check
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { stampOf } from './source-stamp.mjs';

/** @typedef {import('../terminal/progress.mjs').Progress} Progress */

/**
 * @typedef {object} Bundle
 * @property {string} name the usual name, such as `console`
 * @property {string} output one of its output files, relative to the root
 * @property {string[]} files the input files, relative to the root
 * @property {() => Promise<void>} make throws with the bundler's messages
 */

/**
 * Makes a bundle if any of its inputs has changed since the last success, or if its output is missing.
 * @param {Progress} progress
 * @param {string} root
 * @param {Bundle} bundle
 * @returns {Promise<'built' | 'unchanged'>}
 * @throws {Error} the errors of `make`
 */
export async function bundleWhenChanged(progress, root, { name, output, files, make }) {
  const record = join(root, 'node_modules', '.cache', 'wabus', `${name}-stamp`);
  const stamp = stampOf(root, files);
  if (existsSync(join(root, output)) && existsSync(record) && readFileSync(record, 'utf8') === stamp) return 'unchanged';
  const step = progress.step(`bundling the ${name}`);
  try {
    await make();
  } catch (error) {
    step.fail(`the ${name} could not be bundled`);
    throw error;
  }
  mkdirSync(dirname(record), { recursive: true });
  writeFileSync(record, stamp);
  step.done(`${name} bundled`);
  return 'built';
}
