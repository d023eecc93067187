// @ts-check
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { runCommand } from '../process/command.runner.mjs';
import { writeCliPackage } from './cli.package.mjs';
import { withRelease } from './version.places.mjs';

/** The npm packages in the order in which they must be published: each depends only on packages before it. */
export const PACKAGES = ['@wabus/sdk', '@wabus/nest', 'n8n-nodes-wabus', 'wabus'];
/** @type {Record<string, string>} */
const FOLDERS = { '@wabus/sdk': 'libs/sdk', '@wabus/nest': 'libs/nest', 'n8n-nodes-wabus': 'clients/n8n-nodes-wabus' };
const LEFT_OUT = new Set(['node_modules', 'src', '.tsbuildinfo']);

/** @typedef {{ name: string, archive: string }} Packed */

/**
 * Packs the built packages in their published form.
 * @param {string} root
 * @param {{ staging: string, out: string, version: string }} options `staging` is an empty folder
 * @returns {Promise<Packed[]>}
 * @throws {Error} with npm's message
 */
export async function packPackages(root, { staging, out, version }) {
  const folders = PACKAGES.map(name => join(staging, name.replace('/', '-')));
  for (const [at, name] of PACKAGES.entries()) {
    const folder = folders[at] ?? '';
    const source = FOLDERS[name];
    if (source === undefined) await writeCliPackage(root, { folder, version });
    else stage(join(root, source), folder, version);
  }
  mkdirSync(out, { recursive: true });
  const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', out, ...folders];
  const { code, stdout, stderr, error } = await runCommand('npm', args, { cwd: staging, timeoutMs: 120_000 });
  if (code !== 0) throw new Error(`npm pack failed: ${error ?? stderr.trim()}`);
  /** @type {{ name: string, filename: string }[]} */
  const packed = Object.values(JSON.parse(stdout));
  return PACKAGES.map(name => ({ name, archive: join(out, basename(packed.find(one => one.name === name)?.filename ?? '')) }));
}

/** Copies a workspace in the form that users install. @param {string} from @param {string} to @param {string} version */
function stage(from, to, version) {
  cpSync(from, to, { recursive: true, filter: path => !LEFT_OUT.has(basename(path)) });
  const manifest = JSON.parse(withRelease(readFileSync(join(from, 'package.json'), 'utf8'), version));
  for (const part of ['devDependencies', 'nx']) delete manifest[part];
  writeFileSync(join(to, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}
