#!/usr/bin/env node
// @ts-check
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundleApps } from './bundle/app.bundle.mjs';
import { bundleConsole } from './console/console.bundle.mjs';
import { bundleExtension } from './extension/extension.bundle.mjs';
import { ROOT } from './install.mjs';
import { copyNodeFiles } from './n8n/node-files.copy.mjs';
import { runCommand } from './process/command.runner.mjs';
import { applyDependencyPatches } from './setup/dependency.patches.mjs';
import { outputsExist, removeStaleOutputs, sourceStamp } from './setup/source-stamp.mjs';
import { readOptions } from './terminal/options.reader.mjs';
import { Progress } from './terminal/progress.mjs';

const USAGE = `node tools/build.mjs [options]
Builds what has changed and checks the types of the tests.

  --production   builds only
  --help         this text`;
/** Contains the stamp of the sources that the last successful build compiled. */
const RECORD = join('node_modules', '.cache', 'wabus', 'build-stamp');

/**
 * Builds what has changed: the projects, then the bundles of the processes, the console page and the browser extension.
 * @param {Progress} progress
 * @param {string} [root]
 * @returns {Promise<'built' | 'unchanged'>}
 * @throws {Error} with the messages of the compiler or the bundler, or if a dependency patch does not apply
 */
export async function buildProjects(progress, root = ROOT) {
  // The patches are applied again after the installation, because `npm ci` with scripts turned off leaves the packages unpatched.
  await applyDependencyPatches(root);
  const outcomes = [];
  for (const make of [compileProjects, bundleApps, bundleConsole, bundleExtension, copyNodeFiles])
    outcomes.push(await make(progress, root));
  return outcomes.includes('built') ? 'built' : 'unchanged';
}

/**
 * Compiles the projects. If no source has changed since the last successful build, the compiler is not even started.
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
  const fault = await compile(root, 'tsconfig.build.json');
  if (fault !== null) {
    step.fail('the build failed');
    throw new Error(fault);
  }
  removeStaleOutputs(root);
  mkdirSync(dirname(record), { recursive: true });
  writeFileSync(record, stamp);
  step.done('built');
  return 'built';
}

/**
 * Checks the types of the tests.
 * @param {Progress} progress
 * @throws {Error} with the compiler's messages
 */
async function checkTests(progress) {
  const step = progress.step('checking the types of the tests');
  const fault = await compile(ROOT, 'tsconfig.json');
  if (fault !== null) {
    step.fail('the tests have type errors');
    throw new Error(fault);
  }
  step.done('types of the tests checked');
}

/**
 * @param {string} root
 * @param {string} solution
 * @returns {Promise<string | null>} the compiler's messages, or `null` if it succeeded
 */
async function compile(root, solution) {
  const tsc = join(root, 'node_modules', 'typescript-native', 'bin', 'tsc');
  const { code, stdout, stderr, error } = await runCommand(process.execPath, [tsc, '-b', solution, '--pretty', 'false'], { cwd: root });
  return code === 0 ? null : (error ?? `${stdout}${stderr}`.trim());
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    const { values } = readOptions(USAGE, { production: { type: 'boolean' } });
    const progress = new Progress();
    if ((await buildProjects(progress)) === 'unchanged') progress.line('✓ the build is up to date');
    if (!values.production) await checkTests(progress);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
