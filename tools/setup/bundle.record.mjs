// @ts-check
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { stampOf } from './source-stamp.mjs';

/** @typedef {import('../terminal/progress.mjs').Progress} Progress */

/**
 * @typedef {object} Bundle
 * @property {string} name as people know it, such as `console`
 * @property {string} output a file that it makes, relative to the root
 * @property {string[]} files what it is made of, relative to the root
 * @property {() => Promise<void>} make throws with the bundler's messages
 */

/**
 * Makes a bundle when anything it is made of has changed since the last time that succeeded, or its output is missing.
 * @param {Progress} progress
 * @param {string} root
 * @param {Bundle} bundle
 * @returns {Promise<'built' | 'unchanged'>}
 * @throws {Error} of `make`
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
