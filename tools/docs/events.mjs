#!/usr/bin/env node
// @ts-check
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from '../install.mjs';
import { generateDocument } from './asyncapi.mjs';
import { eventsPage } from './events.page.mjs';
import { formatted } from './formatting.mjs';

const PAGE = join(ROOT, 'docs', 'events.md');

/** Writes docs/events.md from the built catalog, or with `check` returns whether the file is up to date. */
export async function writeEventsPage({ check = false } = {}) {
  const built = (/** @type {string} */ file) => import(pathToFileURL(join(ROOT, 'libs/contracts/dist', file)).href);
  const contracts = { ...(await built('index.js')), ...(await built('docs/index.js')) };
  const { components } = await generateDocument();
  const page = await formatted(PAGE, eventsPage(contracts, components.messages));
  if (check) return readFileSync(PAGE, 'utf8') === page;
  writeFileSync(PAGE, page);
  return true;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  if (!(await writeEventsPage({ check: process.argv.includes('--check') }))) {
    console.error('docs/events.md does not match the catalog: run node tools/docs/events.mjs');
    process.exitCode = 1;
  }
}
