// @ts-check
import { mkdirSync, renameSync, rmSync, mkdtempSync, readdirSync, copyFileSync, chmodSync, existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { failureOf, runCommand } from '../process/command.runner.mjs';
import { compareVersions, isSupported, MINIMUM_VERSION, parseVersion } from './version.codec.mjs';

/**
 * Runs a binary to determine its version.
 * @param {string} path
 * @returns {Promise<{ version: string, usable: true } | { usable: false, reason: string }>}
 */
export async function inspectBinary(path) {
  const outcome = await runCommand(path, ['--version'], { timeoutMs: 10_000 });
  const version = outcome.code === 0 ? parseVersion(outcome.stdout + outcome.stderr) : null;
  if (!version) return { usable: false, reason: `${path} does not run here: ${failureOf(outcome)}` };
  if (!isSupported(version)) return { usable: false, reason: `${path} is ${version}, older than ${MINIMUM_VERSION}` };
  return { usable: true, version };
}

/**
 * Returns the folder for downloaded binaries, which all clones of this user share.
 * @param {NodeJS.ProcessEnv} env
 */
export function cacheFolder(env) {
  return join(env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'wabus');
}

/**
 * Returns the binaries in the cache, newest first.
 * @param {string} folder
 * @returns {string[]}
 */
export function cachedBinaries(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter(name => name.startsWith('nats-server-') && parseVersion(name) !== null)
    .sort((a, b) => compareVersions(parseVersion(b) ?? '', parseVersion(a) ?? ''))
    .map(name => join(folder, name, 'nats-server'))
    .filter(path => existsSync(path));
}

/**
 * Adds a binary to the cache atomically, so that a concurrent reader sees either the complete binary or none.
 * @param {string} path
 * @param {string} version
 * @param {string} folder
 * @returns {string} the path in the cache
 */
export function keepInCache(path, version, folder) {
  mkdirSync(folder, { recursive: true });
  const draft = mkdtempSync(join(folder, '.draft-'));
  const kept = join(folder, `nats-server-${version}`);
  try {
    copyFileSync(path, join(draft, 'nats-server'));
    chmodSync(join(draft, 'nats-server'), 0o755);
    chmodSync(draft, 0o755);
    rmSync(kept, { recursive: true, force: true });
    renameSync(draft, kept);
  } catch (error) {
    // Another process may have added the same version in the meantime; its copy is used.
    if (!existsSync(join(kept, 'nats-server'))) throw error;
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
  return join(kept, 'nats-server');
}
