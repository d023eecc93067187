#!/usr/bin/env node
// @ts-check
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { runCommand } from './process/command.runner.mjs';
import { applyDependencyPatches } from './setup/dependency.patches.mjs';
import { installedMatchesLock, workspacePackageFolders } from './setup/installed-packages.policy.mjs';
import { nodeVersionFault } from './setup/node-version.policy.mjs';
import { readOptions } from './terminal/options.reader.mjs';
import { Progress } from './terminal/progress.mjs';

/** The root folder of the repository. */
export const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Whether this is the repository and not the package `wabus`, which contains only the compiled tools. npm never packs lock files. */
export const IN_REPOSITORY = existsSync(join(ROOT, 'package-lock.json'));

/** Contains the hash of the lock file after an installation. It is inside node_modules, so that both are deleted together. */
const RECORD = join('node_modules', '.wabus-install');

/**
 * Installs the locked dependencies unless they are already installed, and patches them. Uses the network only if the lock file has changed
 * since the last successful installation, or if the installed packages do not match it.
 * @param {Progress} progress
 * @param {{ root?: string, npm?: string[] }} [options] `npm` is the command that runs npm
 * @returns {Promise<'installed' | 'unchanged'>}
 * @throws {Error} with npm's last lines if the installation fails, or if Node.js is too old or a patch does not apply
 */
export async function installDependencies(progress, { root = ROOT, npm = npmCommand() } = {}) {
  const outcome = await installLocked(progress, root, npm);
  await applyDependencyPatches(root);
  return outcome;
}

/**
 * @param {Progress} progress
 * @param {string} root
 * @param {string[]} npm
 * @returns {Promise<'installed' | 'unchanged'>}
 */
async function installLocked(progress, root, npm) {
  const fault = nodeVersionFault(process.version);
  if (fault) throw new Error(fault);
  const lockText = readFileSync(join(root, 'package-lock.json'), 'utf8');
  const hash = createHash('sha256').update(lockText).digest('hex');
  const record = join(root, RECORD);
  const lock = JSON.parse(lockText);
  const complete = workspacePackageFolders(lock).every(folder => existsSync(join(root, folder)));
  if (complete && existsSync(record) && readFileSync(record, 'utf8').trim() === hash) return 'unchanged';
  const matches = complete && installedMatchesLock(lock, readJson(join(root, 'node_modules', '.package-lock.json')));
  if (!matches) await runNpm(progress, root, npm);
  mkdirSync(join(root, 'node_modules'), { recursive: true });
  writeFileSync(record, `${hash}\n`);
  return 'installed';
}

/**
 * @param {Progress} progress
 * @param {string} root
 * @param {string[]} npm
 */
async function runNpm(progress, root, [command = 'npm', ...args]) {
  const step = progress.step('installing the locked dependencies (npm ci)');
  // The development dependencies include the compiler and the tests, so NODE_ENV=production must not omit them.
  const outcome = await runCommand(command, [...args, 'ci', '--include=dev', '--no-audit', '--no-fund'], {
    cwd: root,
    onOutput: chunk => {
      const line = chunk.trim().split('\n').at(-1);
      if (line) step.update(line);
    }
  });
  if (outcome.code === 0) return step.done('dependencies installed');
  step.fail('npm ci failed');
  const last = `${outcome.stdout}\n${outcome.stderr}`.trim().split('\n').slice(-20).join('\n');
  throw new Error(`The dependencies could not be installed (${outcome.error ?? `npm ci exited with code ${outcome.code}`}):\n${last}`);
}

/** Returns the npm that runs this script, otherwise the one on the PATH. */
function npmCommand() {
  const running = process.env['npm_execpath'];
  return running && basename(running) === 'npm-cli.js' ? [process.execPath, running] : ['npm'];
}

/** @param {string} file */
function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    readOptions('node tools/install.mjs\nInstalls the locked dependencies and applies the patches, if anything changed.', {});
    const progress = new Progress();
    if ((await installDependencies(progress)) === 'unchanged') progress.line('✓ dependencies are installed');
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
