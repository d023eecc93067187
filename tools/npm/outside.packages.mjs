// @ts-check
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { cacheFolder } from '../nats/binary.inspection.mjs';
import { runCommand } from '../process/command.runner.mjs';

/** @typedef {(detail: string) => void} Report */

/**
 * Installs packages that tests need but that the lock file must not contain, because of their license or size. They are installed once into the
 * user's cache, without running their scripts.
 * @param {Record<string, string>} packages exact versions by name
 * @param {NodeJS.ProcessEnv} env
 * @param {Report} report
 * @returns {Promise<string>} the folder whose `node_modules` contains them
 * @throws {Error} if they cannot be installed here; the message is one line
 */
export function installOutside(packages, env, report) {
  const wanted = Object.entries(packages).map(([name, version]) => `${name}@${version}`);
  return installOnce(wanted.join(' '), env, async staging => {
    writeFileSync(join(staging, 'package.json'), '{"private":true}\n');
    report(`npm install ${wanted.join(' ')}`);
    await runNpm(['install', '--legacy-peer-deps', ...wanted], staging);
  });
}

/**
 * Installs packages that have a separate lock file.
 * @param {string} folder contains `package.json` and `package-lock.json`
 * @param {NodeJS.ProcessEnv} env
 * @param {Report} report
 * @returns {Promise<string>} the folder whose `node_modules` contains them
 * @throws {Error} if they cannot be installed here; the message is one line
 */
export function installLockedOutside(folder, env, report) {
  const files = ['package.json', 'package-lock.json'];
  const stamp = files.map(name => readFileSync(join(folder, name), 'utf8')).join('');
  return installOnce(stamp, env, async staging => {
    for (const name of files) copyFileSync(join(folder, name), join(staging, name));
    report(`npm ci of ${basename(folder)}`);
    await runNpm(['ci'], staging);
  });
}

/**
 * @param {string} wanted identifies the packages: other packages get another folder
 * @param {NodeJS.ProcessEnv} env
 * @param {(staging: string) => Promise<void>} install
 */
async function installOnce(wanted, env, install) {
  const stamp = createHash('sha256').update(wanted).digest('hex').slice(0, 12);
  const parent = join(cacheFolder(env), 'npm');
  const folder = join(parent, stamp);
  if (existsSync(join(folder, 'complete'))) return folder;
  mkdirSync(parent, { recursive: true });
  const staging = mkdtempSync(join(parent, 'staging-'));
  try {
    await install(staging);
    writeFileSync(join(staging, 'complete'), '');
    rmSync(folder, { recursive: true, force: true });
    renameSync(staging, folder);
    return folder;
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

/** @param {string[]} args @param {string} cwd */
async function runNpm([command = '', ...args], cwd) {
  const all = [command, '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error', ...args];
  const { code, stderr, error } = await runCommand('npm', all, { cwd, timeoutMs: 300_000 });
  if (code !== 0) throw new Error(error ?? `npm ${command} failed: ${stderr.trim().split('\n')[0] ?? ''}`);
}
