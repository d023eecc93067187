#!/usr/bin/env node
// @ts-check
import { buildProjects } from './build.mjs';
import { dataFolderOf } from './cli/cli-arguments.codec.mjs';
import { parseArguments, USAGE } from './import/arguments.codec.mjs';
import { installDependencies, IN_REPOSITORY } from './install.mjs';
import { Progress } from './terminal/progress.mjs';

const progress = new Progress();

/** @returns {Promise<boolean>} */
async function main() {
  const options = readArguments();
  if (IN_REPOSITORY) {
    await installDependencies(progress);
    await buildProjects(progress);
  }
  // Imported here because it needs the built libraries.
  const { importSession } = await import('./import/session.importer.mjs');
  return importSession(options, { progress, env: process.env, dataFolder: dataFolderOf(options.data) });
}

function readArguments() {
  try {
    const options = parseArguments(process.argv.slice(2));
    if (!options.help) return options;
    console.log(USAGE);
    process.exit(0);
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n\n${USAGE}`);
    process.exit(2);
  }
}

try {
  process.exitCode = (await main()) ? 0 : 1;
} catch (error) {
  // Errors of database drivers may contain the URL with its password.
  console.error(`✗ ${(error instanceof Error ? error.message : String(error)).replace(/:\/\/[^@\s/]+@/g, '://…@')}`);
  process.exitCode = 1;
}
