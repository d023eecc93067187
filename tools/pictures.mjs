#!/usr/bin/env node
// @ts-check
import { copyFileSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { spawnSync } from 'node:child_process';
import { ROOT } from './install.mjs';
import { galleryPage, missingPictures } from './pictures/gallery.page.mjs';
import { COPIES } from './pictures/picture.table.mjs';
import { readOptions } from './terminal/options.reader.mjs';

const USAGE = `npm run pictures -- [options]
Takes pictures of every page of the console with its browser tests, and updates those in the documentation.

  --out FOLDER   folder for the pictures (default dist/pictures)
  --help         this text`;

const { values } = readOptions(USAGE, { out: { type: 'string', default: join(ROOT, 'dist', 'pictures') } });
const out = resolve(values.out);

mkdirSync(out, { recursive: true });
// Delete the pictures of the last run, so that a picture which this run does not take is missing.
for (const file of readdirSync(out)) if (file.endsWith('.png')) rmSync(join(out, file));
const tests = spawnSync(process.execPath, [join(ROOT, 'tools', 'test.mjs'), '--only', 'apps/e2e/src/(console|passkey)/'], {
  cwd: ROOT,
  env: { ...process.env, WABUS_TEST_PICTURES: out },
  stdio: 'inherit'
});
writeFileSync(join(out, 'index.html'), galleryPage());
const missing = missingPictures(readdirSync(out));
for (const [place, name] of Object.entries(COPIES)) {
  const file = `${name}.png`;
  if (!existsSync(join(out, file))) missing.push(file);
  else if (tests.status === 0) copyFileSync(join(out, file), join(ROOT, place));
}
console.log(`All pictures at once: ${join(out, 'index.html')}`);
if (missing.length > 0) console.error(`✗ not taken: ${missing.join(', ')}`);
if (tests.status === 0 && missing.length === 0) console.log(`✓ ${Object.keys(COPIES).join(', ')} are updated`);
else process.exitCode = 1;
