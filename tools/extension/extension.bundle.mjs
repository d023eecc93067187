// @ts-check
import { cpSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { bundleWhenChanged } from '../setup/bundle.record.mjs';
import { listFiles } from '../setup/source-stamp.mjs';

/** @typedef {import('../terminal/progress.mjs').Progress} Progress */

const EXTENSION = join('apps', 'extension');

/** The folder that a browser can load as an unpacked extension. */
export const UNPACKED = join(EXTENSION, 'dist', 'unpacked');

/**
 * Bundles the browser extension if any of its inputs has changed. The libraries must be compiled first.
 * @param {Progress} progress
 * @param {string} root
 * @returns {Promise<'built' | 'unchanged'>} `unchanged` also if there is no extension
 * @throws {Error} with the bundler's messages
 */
export async function bundleExtension(progress, root) {
  if (!existsSync(join(root, EXTENSION, 'public', 'manifest.json'))) return 'unchanged';
  return bundleWhenChanged(progress, root, {
    name: 'extension',
    output: join(UNPACKED, 'link.page.js'),
    files: ['package-lock.json', ...['src', 'public'].flatMap(folder => listFiles(root, join(EXTENSION, folder))), ...contracts(root)],
    make: () => makeExtension(root)
  });
}

/** @param {string} root */
async function makeExtension(root) {
  // Imported here, so that a build without changes does not load the bundler.
  const { build } = await import('esbuild');
  const folder = join(root, UNPACKED);
  rmSync(folder, { recursive: true, force: true });
  cpSync(join(root, EXTENSION, 'public'), folder, { recursive: true });
  await build({
    absWorkingDir: root,
    entryPoints: {
      'service.worker': join(EXTENSION, 'src', 'service.worker.ts'),
      'link.page': join(EXTENSION, 'src', 'link', 'link.page.ts')
    },
    outdir: UNPACKED,
    bundle: true,
    format: 'esm',
    // Not minified, so that reviewers and users can read what they install. Older targets would add esbuild's helper code to functions that run
    // in pages.
    target: 'chrome116',
    minify: false,
    logLevel: 'silent'
  });
}

/** @param {string} root */
function contracts(root) {
  return listFiles(root, join('libs', 'contracts', 'src', 'sessions'));
}
