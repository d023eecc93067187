#!/usr/bin/env node
// @ts-check
// Prints the OpenAPI document of a built tree, for client generators: node tools/docs/openapi.mjs > openapi.json
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from '../install.mjs';
import { releaseOf } from '../release/version.places.mjs';

/** Generates the document that an edge serves at /api/openapi.json, from the built catalogs. */
export async function generateOpenApi() {
  const { openApiDocument } = await import(pathToFileURL(join(ROOT, 'libs/contracts/dist/docs/index.js')).href);
  const { HTTP_STATUS } = await import(pathToFileURL(join(ROOT, 'apps/edge/dist/http/wabus-error.filter.js')).href);
  return openApiDocument({ httpStatus: HTTP_STATUS, version: releaseOf(ROOT) });
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  process.stdout.write(`${JSON.stringify(await generateOpenApi(), null, 2)}\n`);
}
