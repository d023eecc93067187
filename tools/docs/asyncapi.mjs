#!/usr/bin/env node
// @ts-check
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from '../install.mjs';
import { releaseOf } from '../release/version.places.mjs';
import { formatted } from './formatting.mjs';

const DOCUMENT = join(ROOT, 'docs', 'protocol', 'asyncapi.json');
export const EXAMPLES = join(ROOT, 'docs', 'protocol', 'examples');

/** Returns the captured envelopes by event. @returns {Record<string, {event: string, data: unknown}>} */
export function readExamples() {
  if (!existsSync(EXAMPLES)) return {};
  const files = readdirSync(EXAMPLES).filter(file => file.endsWith('.json'));
  return Object.fromEntries(files.sort().map(file => [basename(file, '.json'), JSON.parse(readFileSync(join(EXAMPLES, file), 'utf8'))]));
}

/** Generates the document from the built catalogs, with the captured examples. */
export async function generateDocument() {
  const contracts = await import(pathToFileURL(join(ROOT, 'libs/contracts/dist/docs/index.js')).href);
  const examples = Object.fromEntries(Object.entries(readExamples()).map(([event, envelope]) => [event, envelope.data]));
  return contracts.asyncApiDocument({ examples, version: releaseOf(ROOT) });
}

/** Writes docs/protocol/asyncapi.json, or with `check` returns whether the file is up to date. */
export async function writeDocument({ check = false } = {}) {
  const text = await formatted(DOCUMENT, JSON.stringify(await generateDocument()));
  if (check) return readFileSync(DOCUMENT, 'utf8') === text;
  writeFileSync(DOCUMENT, text);
  return true;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  if (!(await writeDocument({ check: process.argv.includes('--check') }))) {
    console.error('docs/protocol/asyncapi.json does not match the catalogs: run node tools/docs/asyncapi.mjs');
    process.exitCode = 1;
  }
}
