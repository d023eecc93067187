// @ts-check
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../install.mjs';
import { ONE_FAILED, sum, totalsOfJest, totalsOfTap } from './totals.codec.mjs';

/** @typedef {import('./totals.codec.mjs').Totals} Totals */

/** After the results are written, a process that has not ended by then never will: a test left something running. */
const EXIT_LIMIT_MS = 20_000;

/** @type {import('node:child_process').ChildProcess | null} */
let foreground = null;
process.on('exit', () => foreground?.kill('SIGKILL'));

/**
 * Runs a program that shows its own output. It does not outlive this process.
 * @param {string} command
 * @param {string[]} args
 * @param {{ env: NodeJS.ProcessEnv, stdout?: 'inherit' | 'ignore', onStart?: (child: import('node:child_process').ChildProcess) => void }} options
 * @returns {Promise<number | null>} its exit code
 */
export async function runForeground(command, args, { env, stdout = 'inherit', onStart }) {
  const child = spawn(command, args, { cwd: ROOT, env, stdio: ['ignore', stdout, 'inherit'] });
  foreground = child;
  onStart?.(child);
  const [code] = await once(child, 'exit');
  foreground = null;
  return code;
}

/**
 * Runs Jest, its report on this process's output.
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @param {{ node?: string }} [options] `node` runs the tests and what they start; this one unless given
 * @returns {Promise<Totals>}
 */
export async function runJest(args, env, { node = process.execPath } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'wabus-jest-'));
  const file = join(folder, 'results.json');
  const jest = join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js');
  let hung = false;
  /** @type {NodeJS.Timeout | undefined} */
  let watch;
  const flags = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
  await runForeground(node, [...flags, jest, '--json', `--outputFile=${file}`, ...args], {
    env,
    stdout: 'ignore',
    onStart: child => {
      watch = setInterval(() => {
        if (!existsSync(file)) return;
        clearInterval(watch);
        setTimeout(() => (hung = child.exitCode === null && child.kill('SIGKILL')), EXIT_LIMIT_MS).unref();
      }, 500);
    }
  });
  clearInterval(watch);
  try {
    const totals = totalsOfJest(JSON.parse(readFileSync(file, 'utf8')));
    if (!hung) return totals;
    console.error(`Jest did not end within ${EXIT_LIMIT_MS / 1000} s after its last test: a test left something running.`);
    return sum([totals, ONE_FAILED]);
  } catch {
    console.error('Jest ended without results.');
    return ONE_FAILED;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Runs spec files in node's own test runner.
 * @param {string[]} files
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<Totals>}
 */
export async function runNodeTests(files, env) {
  const folder = mkdtempSync(join(tmpdir(), 'wabus-tap-'));
  const file = join(folder, 'results.tap');
  const reporters = [
    '--test-reporter=spec',
    '--test-reporter-destination=stderr',
    '--test-reporter=tap',
    `--test-reporter-destination=${file}`
  ];
  const code = await runForeground(process.execPath, ['--test', ...reporters, ...files], { env });
  const totals = totalsOfTap(existsSync(file) ? readFileSync(file, 'utf8') : '', code === 0);
  rmSync(folder, { recursive: true, force: true });
  return totals;
}
