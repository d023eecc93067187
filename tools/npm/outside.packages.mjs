// @ts-check
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from '../nats/binary.inspection.mjs';
import { runCommand } from '../process/command.runner.mjs';

/**
 * Packages that tests need and the lock file must not have: because of their license, or their size. They are installed once into the cache of the user, without
 * their scripts.
 * @param {Record<string, string>} packages exact versions by name
 * @param {NodeJS.ProcessEnv} env
 * @param {(detail: string) => void} report
 * @returns {Promise<string>} the folder that has them in `node_modules`
 * @throws {Error} in one line, when they cannot be installed here
 */
export async function installOutside(packages, env, report) {
  const wanted = Object.entries(packages).map(([name, version]) => `${name}@${version}`);
  const stamp = createHash('sha256').update(wanted.join(' ')).digest('hex').slice(0, 12);
  const parent = join(cacheFolder(env), 'npm');
  const folder = join(parent, stamp);
  if (existsSync(join(folder, 'complete'))) return folder;
  mkdirSync(parent, { recursive: true });
  const staging = mkdtempSync(join(parent, 'staging-'));
  try {
    writeFileSync(join(staging, 'package.json'), '{"private":true}\n');
    report(`npm install ${wanted.join(' ')}`);
    const args = ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--legacy-peer-deps', '--loglevel=error', ...wanted];
    const { code, stderr, error } = await runCommand('npm', args, { cwd: staging, timeoutMs: 300_000 });
    if (code !== 0) throw new Error(error ?? `npm install failed: ${stderr.trim().split('\n')[0] ?? ''}`);
    writeFileSync(join(staging, 'complete'), '');
    rmSync(folder, { recursive: true, force: true });
    renameSync(staging, folder);
    return folder;
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}
