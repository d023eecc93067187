// @ts-check
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { ROOT } from '../install.mjs';
import { listFiles } from '../setup/source-stamp.mjs';
import { Progress } from '../terminal/progress.mjs';
import { packExtension } from './extension.archive.mjs';
import { bundleExtension, UNPACKED } from './extension.bundle.mjs';

const MANIFEST = 'manifest.json';
/** Matches a file name in manifests, pages and code, optionally followed by a query or fragment. */
const NAMED = /["'`]([\w.-]+\.(?:js|html|css|png|svg|json))["'`#?]/g;

/**
 * Returns the manifest and every file that it names, directly or indirectly.
 * @param {Record<string, string>} contents by file name
 */
function namedBy(contents) {
  const named = new Set([MANIFEST]);
  for (const file of named) for (const [, name = ''] of (contents[file] ?? '').matchAll(NAMED)) named.add(name);
  return [...named].sort();
}

describe('the packed extension', () => {
  const unpacked = join(ROOT, UNPACKED);
  /** @type {string} */
  let target;
  /** @type {string} */
  let archive;
  /** @type {Record<string, Uint8Array>} */
  let packed;

  beforeAll(async () => {
    await bundleExtension(new Progress({ write: () => true }), ROOT);
    target = mkdtempSync(join(tmpdir(), 'wabus-extension-'));
    archive = packExtension(unpacked, target);
    packed = unzipSync(readFileSync(archive));
  }, 60_000);
  afterAll(() => rmSync(target, { recursive: true, force: true }));

  it('contains only the files that the manifest refers to', () => {
    const contents = Object.fromEntries(Object.entries(packed).map(([name, content]) => [name, strFromU8(content)]));
    const files = Object.keys(packed).sort();
    expect(files).toEqual(namedBy(contents));
    expect(files).toEqual(expect.arrayContaining([MANIFEST, 'link.html', 'link.page.js', 'service.worker.js']));
  });

  it('has the same bytes as the unpacked folder', () => {
    expect(Object.keys(packed).sort()).toEqual(listFiles(unpacked, ''));
    for (const [name, content] of Object.entries(packed))
      expect([name, readFileSync(join(unpacked, name)).equals(content)]).toEqual([name, true]);
  });

  it('has the version of its package, also in its name', () => {
    const { version } = JSON.parse(readFileSync(join(ROOT, 'apps', 'extension', 'package.json'), 'utf8'));
    expect(JSON.parse(strFromU8(packed[MANIFEST] ?? new Uint8Array())).version).toBe(version);
    expect(basename(archive)).toBe(`wabus-passkey-${version}.zip`);
  });

  it('is the same for the same files', () => {
    const first = readFileSync(archive);
    expect(readFileSync(packExtension(unpacked, target)).equals(first)).toBe(true);
  });
});
