// @ts-check
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { ROOT } from '../install.mjs';
import { runCommand } from '../process/command.runner.mjs';
import { ORDER_VARIABLE } from './given-order.sequencer.mjs';
import { SecretScan } from './secret.scan.mjs';
import { tierOf } from './spec-file.search.mjs';
import { divideFiles, longestFirst, removeGroups, resultsOfFiles, writeGroups } from './spec-groups.mjs';
import { failedFiles, NOTHING, ONE_FAILED, sum, totalsOfJest, totalsOfTap, withoutFiles } from './totals.codec.mjs';

/**
 * @typedef {import('./totals.codec.mjs').Totals} Totals
 * @typedef {import('./totals.codec.mjs').JestResults} JestResults
 */

/** The arguments with which Node.js runs Jest. */
export const JEST = [
  '--experimental-vm-modules',
  '--disable-warning=ExperimentalWarning',
  join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js')
];
const SEQUENCER = join(ROOT, 'tools', 'test', 'given-order.sequencer.mjs');
/** A process that has not ended this long after the results were written never will: a test has left something running. */
const EXIT_LIMIT_MS = 20_000;
/** At most this many failed files are run again. More failures are not a coincidence. */
const AGAIN_LIMIT = 5;

/** @type {import('node:child_process').ChildProcess | null} */
let foreground = null;
process.on('exit', () => foreground?.kill('SIGKILL'));

/**
 * Runs a program that shows its own output. It is killed when this process exits.
 * @param {string} command
 * @param {string[]} args
 * @param {{ env: NodeJS.ProcessEnv, stdout?: 'inherit' | 'ignore', stderr?: 'inherit' | 'pipe', onStart?: (child: import('node:child_process').ChildProcess) => void }} options
 * @returns {Promise<number | null>} its exit code
 */
export async function runForeground(command, args, { env, stdout = 'inherit', stderr = 'inherit', onStart }) {
  const child = spawn(command, args, { cwd: ROOT, env, stdio: ['ignore', stdout, stderr] });
  foreground = child;
  onStart?.(child);
  const [code] = await once(child, 'exit');
  foreground = null;
  return code;
}

/**
 * Runs test files in Jest, several in one context and the longest first. Failed files run again in a separate context: see `runJest`.
 * @param {readonly string[]} files paths from the root
 * @param {NodeJS.ProcessEnv} env
 * @param {{ sizes: Partial<Record<ReturnType<typeof tierOf>, number>>, workers: number }} options `sizes`: the number of files of a tier that
 * share a context
 * @returns {Promise<Totals>}
 */
export async function runSpecFiles(files, env, { sizes, workers }) {
  const divided = Object.entries(sizes).flatMap(([tier, size]) =>
    divideFiles(
      ROOT,
      files.filter(file => tierOf(file) === tier),
      size
    )
  );
  const groups = writeGroups(ROOT, longestFirst(ROOT, divided));
  const paths = [...groups.keys()];
  try {
    const args = [`--maxWorkers=${workers}`, `--testSequencer=${SEQUENCER}`, '--runTestsByPath', ...paths];
    return await runJest(args, { ...env, [ORDER_VARIABLE]: paths.join('\n') }, { groups });
  } finally {
    removeGroups(ROOT, files);
  }
}

/**
 * Runs Jest and shows its report.
 * Files that fail in parallel with others are run once more, alone: only files that fail again count as failed. The report lists the files that
 * passed the second time, because they depend on the load or on another file and must be fixed.
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @param {{ node?: string, groups?: ReadonlyMap<string, readonly string[]> }} [options] `node` runs the tests and everything they start; by
 * default, this Node.js. `groups`: the return value of `writeGroups`
 * @returns {Promise<Totals>}
 */
export async function runJest(args, env, { node = process.execPath, groups = new Map() } = {}) {
  const once = await runJestOnce(args, env, node);
  const first = { ...once, results: resultsOfFiles(ROOT, once.results, groups) };
  const failed = failedFiles(first.results);
  if (failed.length === 0 || failed.length > AGAIN_LIMIT) return sum([totalsOfJest(first.results), first.fault]);
  console.error(`\nRunning again, alone: ${failed.map(file => relative(ROOT, file)).join(', ')}`);
  const second = await runJestOnce(['--runInBand', '--runTestsByPath', ...failed], env, node);
  const still = failedFiles(second.results);
  const unsteady = failed.filter(file => !still.includes(file));
  if (unsteady.length > 0) console.error(`\nFAILED IN PARALLEL, PASSED ALONE: ${unsteady.map(file => relative(ROOT, file)).join(', ')}`);
  return sum([totalsOfJest(withoutFiles(first.results, failed)), first.fault, totalsOfJest(second.results), second.fault]);
}

/**
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @param {string} node
 * @returns {Promise<{ results: JestResults, fault: Totals }>} `fault`: one failure if Jest itself misbehaved
 */
async function runJestOnce(args, env, node) {
  const folder = mkdtempSync(join(tmpdir(), 'wabus-jest-'));
  const file = join(folder, 'results.json');
  let hung = false;
  const secrets = new SecretScan();
  /** @type {NodeJS.Timeout | undefined} */
  let watch;
  const colours = process.stderr.isTTY ? ['--colors'] : [];
  await runForeground(node, [...JEST, '--json', `--outputFile=${file}`, ...colours, ...args], {
    env,
    stdout: 'ignore',
    stderr: 'pipe',
    onStart: child => {
      child.stderr?.on('data', chunk => {
        process.stderr.write(chunk);
        secrets.read(String(chunk));
      });
      watch = setInterval(() => {
        if (!existsSync(file)) return;
        clearInterval(watch);
        setTimeout(() => (hung = child.exitCode === null && child.kill('SIGKILL')), EXIT_LIMIT_MS).unref();
      }, 500);
    }
  });
  clearInterval(watch);
  try {
    /** @type {JestResults} */
    const results = JSON.parse(readFileSync(file, 'utf8'));
    if (secrets.found.length > 0) {
      console.error(`The tests printed parts of a Signal session: ${secrets.found.join(', ')}.`);
      return { results, fault: ONE_FAILED };
    }
    if (!hung) return { results, fault: NOTHING };
    console.error(`Jest did not end within ${EXIT_LIMIT_MS / 1000} s after its last test: a test left something running.`);
    return { results, fault: ONE_FAILED };
  } catch {
    console.error('Jest ended without results.');
    return { results: { testResults: [] }, fault: ONE_FAILED };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Runs spec files in Node's own test runner, and shows its report at the end.
 * @param {string[]} files
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<Totals>}
 */
export async function runNodeTests(files, env) {
  const folder = mkdtempSync(join(tmpdir(), 'wabus-tap-'));
  const file = join(folder, 'results.tap');
  const reporters = [
    '--test-reporter=spec',
    '--test-reporter-destination=stdout',
    '--test-reporter=tap',
    `--test-reporter-destination=${file}`
  ];
  const succeeded = await runInBackground(process.execPath, ['--test', ...reporters, ...files], env);
  const totals = totalsOfTap(existsSync(file) ? readFileSync(file, 'utf8') : '', succeeded);
  rmSync(folder, { recursive: true, force: true });
  return totals;
}

/**
 * Runs a command in parallel with the tests at a lower priority, and shows its output at the end.
 * @param {string} command
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 */
export async function runInBackground(command, args, env) {
  const { code, stdout, stderr, error } = await runCommand(command, args, {
    cwd: ROOT,
    env,
    priority: constants.priority.PRIORITY_BELOW_NORMAL
  });
  process.stderr.write(stdout + stderr);
  if (error !== null) console.error(`${command}: ${error}`);
  return code === 0;
}
