#!/usr/bin/env node
// @ts-check
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundleApps } from './bundle/app.bundle.mjs';
import { bundleConsole } from './console/console.bundle.mjs';
import { bundleExtension } from './extension/extension.bundle.mjs';
import { ROOT } from './install.mjs';
import { runCommand } from './process/command.runner.mjs';
import { outputsExist, sourceStamp } from './setup/source-stamp.mjs';
import { Progress } from './terminal/progress.mjs';

/** Stamp of the sources that the last successful build compiled. */
const RECORD = join('node_modules', '.cache', 'wabus', 'build-stamp');

/**
 * Builds what changed: the projects, then the processes, the page of the console and the browser extension.
 * @param {Progress} progress
 * @param {string} [root]
 * @returns {Promise<'built' | 'unchanged'>}
 * @throws {Error} with the messages of the compiler or the bundler
 */
export async function buildProjects(progress, root = ROOT) {
  const outcomes = [];
  for (const make of [compileProjects, bundleApps, bundleConsole, bundleExtension]) outcomes.push(await make(progress, root));
  return outcomes.includes('built') ? 'built' : 'unchanged';
}

/**
 * When no source changed since the last successful build, the compiler is not even started.
 * @param {Progress} progress
 * @param {string} root
 * @returns {Promise<'built' | 'unchanged'>}
 * @throws {Error} with the compiler's messages
 */
async function compileProjects(progress, root) {
  const record = join(root, RECORD);
  const stamp = sourceStamp(root);
  if (existsSync(record) && readFileSync(record, 'utf8') === stamp && outputsExist(root)) return 'unchanged';
  const step = progress.step('building what changed (tsc -b)');
  const outcome = await runCommand(process.execPath, [join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '-b', '--pretty', 'false'], {
    cwd: root
  });
  if (outcome.code !== 0) {
    step.fail('the build failed');
    throw new Error(outcome.error ?? `${outcome.stdout}${outcome.stderr}`.trim());
  }
  mkdirSync(dirname(record), { recursive: true });
  writeFileSync(record, stamp);
  step.done('built');
  return 'built';
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    const progress = new Progress();
    if ((await buildProjects(progress)) === 'unchanged') progress.line('✓ the build is up to date');
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
