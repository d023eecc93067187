#!/usr/bin/env node
// @ts-check
import { readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { zipSync } from 'fflate';
import { buildProjects } from './build.mjs';
import { UNPACKED } from './extension/extension.bundle.mjs';
import { installDependencies, ROOT } from './install.mjs';
import { listFiles } from './setup/source-stamp.mjs';
import { Progress } from './terminal/progress.mjs';

/** The same files make the same archive. */
const MADE = new Date(1980, 0, 1);

try {
  const progress = new Progress();
  await installDependencies(progress);
  await buildProjects(progress);
  const folder = join(ROOT, UNPACKED);
  const files = listFiles(folder, '').map(name => /** @type {const} */ ([name, readFileSync(join(folder, name))]));
  const { version } = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));
  const archive = join(folder, '..', `wabus-passkey-${version}.zip`);
  writeFileSync(archive, zipSync(Object.fromEntries(files), { mtime: MADE }));
  progress.line(`✓ to load unpacked: ${UNPACKED}`);
  progress.line(`✓ packed:           ${relative(ROOT, archive)}`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
