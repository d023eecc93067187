// @ts-check
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runCommand } from '../process/command.runner.mjs';
import { listFiles, stampOf } from '../setup/source-stamp.mjs';

/** @typedef {import('../terminal/progress.mjs').Progress} Progress */

const CONSOLE = join('apps', 'console');
const SETTINGS = join(CONSOLE, 'vite.config.mjs');
const PAGE = join(CONSOLE, 'dist', 'index.html');

/** Stamp of what the last successful bundle was made of. */
const RECORD = join('node_modules', '.cache', 'wabus', 'console-stamp');

/** Libraries whose code is in the bundle. */
const LIBRARIES = [join('libs', 'sdk', 'src')];

/**
 * Bundles the page that an edge serves at `/`, when anything it is made of has changed. The libraries have to be compiled.
 * @param {Progress} progress
 * @param {string} root
 * @returns {Promise<'built' | 'unchanged'>} `unchanged` too where there is no console
 * @throws {Error} with the bundler's messages
 */
export async function bundleConsole(progress, root) {
  if (!existsSync(join(root, SETTINGS))) return 'unchanged';
  const record = join(root, RECORD);
  const stamp = stampOf(root, bundledFiles(root));
  if (existsSync(join(root, PAGE)) && existsSync(record) && readFileSync(record, 'utf8') === stamp) return 'unchanged';
  const step = progress.step('bundling the console');
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  const outcome = await runCommand(process.execPath, [vite, 'build', CONSOLE, '--config', SETTINGS, '--logLevel', 'warn'], { cwd: root });
  if (outcome.code !== 0) {
    step.fail('the console could not be bundled');
    throw new Error(outcome.error ?? `${outcome.stdout}${outcome.stderr}`.trim());
  }
  mkdirSync(dirname(record), { recursive: true });
  writeFileSync(record, stamp);
  step.done('console bundled');
  return 'built';
}

/** @param {string} root */
function bundledFiles(root) {
  const own = ['index.html', 'package.json', 'vite.config.mjs'].map(name => join(CONSOLE, name));
  const folders = [join(CONSOLE, 'src'), join(CONSOLE, 'public'), ...LIBRARIES];
  return ['package-lock.json', ...own, ...folders.flatMap(folder => listFiles(root, folder))];
}
