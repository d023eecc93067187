#!/usr/bin/env node
// @ts-check
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from '../install.mjs';
import { commandsPage } from './commands.page.mjs';
import { formatted } from './formatting.mjs';

const PAGE = join(ROOT, 'docs', 'commands.md');

/** Writes docs/commands.md from the built catalog, or with `check` returns whether the file is up to date. */
export async function writeCommandsPage({ check = false } = {}) {
  const built = (/** @type {string} */ file) => import(pathToFileURL(join(ROOT, 'libs/contracts/dist', file)).href);
  const contracts = { ...(await built('index.js')), ...(await built('docs/index.js')) };
  const page = await formatted(PAGE, commandsPage(contracts));
  if (check) return readFileSync(PAGE, 'utf8') === page;
  writeFileSync(PAGE, page);
  return true;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  if (!(await writeCommandsPage({ check: process.argv.includes('--check') }))) {
    console.error('docs/commands.md does not match the catalog: run node tools/docs/commands.mjs');
    process.exitCode = 1;
  }
}
