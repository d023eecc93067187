#!/usr/bin/env node
// @ts-check
import { dirname, join, relative } from 'node:path';
import { buildProjects } from './build.mjs';
import { UNPACKED } from './extension/extension.bundle.mjs';
import { installDependencies, ROOT } from './install.mjs';
import { readOptions } from './terminal/options.reader.mjs';
import { Progress } from './terminal/progress.mjs';

readOptions('npm run extension\nBuilds the browser extension for passkeys, as a folder and as an archive.', {});

try {
  const progress = new Progress();
  await installDependencies(progress);
  await buildProjects(progress);
  // Imported here because it needs the installed packages.
  const { packExtension } = await import('./extension/extension.archive.mjs');
  const archive = packExtension(join(ROOT, UNPACKED), join(ROOT, dirname(UNPACKED)));
  progress.line(`✓ to load unpacked: ${UNPACKED}`);
  progress.line(`✓ packed:           ${relative(ROOT, archive)}`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
