// @ts-check
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from '../process/command.runner.mjs';
import { bundleWhenChanged } from '../setup/bundle.record.mjs';
import { listFiles } from '../setup/source-stamp.mjs';

/** @typedef {import('../terminal/progress.mjs').Progress} Progress */

const CONSOLE = join('apps', 'console');
const SETTINGS = join(CONSOLE, 'vite.config.mjs');
const PAGE = join(CONSOLE, 'dist', 'index.html');

/** The libraries whose code is in the bundle. */
const LIBRARIES = ['contracts', 'migrate', 'sdk'].map(name => join('libs', name, 'src'));

/**
 * Bundles the page that an edge serves at `/`, if any of its inputs has changed. The libraries must be compiled first.
 * @param {Progress} progress
 * @param {string} root
 * @returns {Promise<'built' | 'unchanged'>} `unchanged` also if there is no console
 * @throws {Error} with the bundler's messages
 */
export async function bundleConsole(progress, root) {
  if (!existsSync(join(root, SETTINGS))) return 'unchanged';
  return bundleWhenChanged(progress, root, {
    name: 'console',
    output: PAGE,
    files: bundledFiles(root),
    async make() {
      const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
      const outcome = await runCommand(process.execPath, [vite, 'build', CONSOLE, '--config', SETTINGS, '--logLevel', 'warn'], {
        cwd: root
      });
      if (outcome.code !== 0) throw new Error(outcome.error ?? `${outcome.stdout}${outcome.stderr}`.trim());
    }
  });
}

/** @param {string} root */
function bundledFiles(root) {
  const own = ['index.html', 'package.json', 'vite.config.mjs'].map(name => join(CONSOLE, name));
  const folders = [join(CONSOLE, 'src'), join(CONSOLE, 'public'), ...LIBRARIES];
  return ['package-lock.json', ...own, ...folders.flatMap(folder => listFiles(root, folder))];
}
