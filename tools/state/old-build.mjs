// @ts-check
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from '../nats/binary.inspection.mjs';
import { ROOT } from '../install.mjs';
import { runCommand } from '../process/command.runner.mjs';

const CATALOG = 'libs/broker/src/streams/stream-format.catalog.ts';
const LIMIT_MS = 900_000;
/** Exists when the build is complete. */
const DONE = join('node_modules', '.wabus-old-build');

/** @typedef {import('../terminal/progress.mjs').Progress} Progress */

/**
 * Returns the newest release before this commit; if there is none, the earliest commit with the current formats.
 * @throws {Error} if the history contains neither
 */
export async function defaultOldRef() {
  const tags = (await git('tag', '--list', 'v*', '--merged', 'HEAD~1', '--sort=-version:refname')).split('\n');
  const ref = tags[0] || (await git('log', '-1', '--format=%H', '-G', 'format: [0-9]', '--', CATALOG));
  if (ref === '') throw new Error('This history has no earlier release: name a commit with --from.');
  return ref;
}

/**
 * Installs and builds a commit, and returns its folder. The folder stays in the cache, so only the first call takes minutes.
 * @param {string} ref
 * @param {Progress} progress
 * @throws {Error} if the ref is unknown or its build fails
 */
export async function oldBuild(ref, progress) {
  const commit = await git('rev-parse', '--verify', `${ref}^{commit}`);
  const folder = join(cacheFolder(process.env), 'builds', commit);
  if (existsSync(join(folder, DONE))) return folder;
  const step = progress.step(`building ${ref} (npm ci, tsc)`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  try {
    const archive = `${folder}.tar`;
    await git('archive', '--output', archive, commit);
    await run('tar', ['-xf', archive, '-C', folder], folder);
    rmSync(archive);
    await run('npm', ['ci', '--prefer-offline', '--include=dev', '--no-audit', '--no-fund'], folder);
    await run(process.execPath, [join('tools', 'build.mjs'), '--production'], folder);
    writeFileSync(join(folder, DONE), `${commit}\n`);
  } catch (error) {
    step.fail(`${ref} could not be built`);
    throw error;
  }
  step.done(`${ref} built`);
  return folder;
}

/** @param {string[]} args */
const git = (...args) => run('git', args, ROOT);

/**
 * @param {string} command
 * @param {string[]} args
 * @param {string} cwd
 */
async function run(command, args, cwd) {
  const { code, stdout, stderr, error } = await runCommand(command, args, { cwd, timeoutMs: LIMIT_MS });
  if (code !== 0) throw new Error(`${command} ${args.join(' ')}: ${error ?? stderr.slice(-2_000)}`);
  return stdout.trim();
}
