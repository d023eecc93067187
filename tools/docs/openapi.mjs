#!/usr/bin/env node
// @ts-check
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from '../install.mjs';
import { formatted } from './formatting.mjs';

const DOCUMENT = join(ROOT, 'docs', 'protocol', 'openapi.json');

/** The document made from the catalogs as built. */
export async function generateOpenApi() {
  const { openApiDocument } = await import(pathToFileURL(join(ROOT, 'libs/contracts/dist/index.js')).href);
  const { HTTP_STATUS } = await import(pathToFileURL(join(ROOT, 'apps/edge/dist/http/http-status.table.js')).href);
  return openApiDocument({ httpStatus: HTTP_STATUS });
}

/** Writes docs/protocol/openapi.json, or with `check` says whether it is as it would be written. */
export async function writeOpenApi({ check = false } = {}) {
  const text = await formatted(DOCUMENT, JSON.stringify(await generateOpenApi()));
  if (check) return readFileSync(DOCUMENT, 'utf8') === text;
  writeFileSync(DOCUMENT, text);
  return true;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  if (!(await writeOpenApi({ check: process.argv.includes('--check') }))) {
    console.error('docs/protocol/openapi.json is not what the catalogs say: run node tools/docs/openapi.mjs');
    process.exitCode = 1;
  }
}
