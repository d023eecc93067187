// @ts-check
import { cpSync, linkSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ROOT } from '../install.mjs';
import { applyDependencyPatches, dependencyPatches, PATCH_FOLDER } from './dependency.patches.mjs';

const PACKAGE = join('node_modules', '@whiskeysockets', 'baileys');
const SOCKET = join('lib', 'Socket', 'socket.js');
/** Every file that the patches change, relative to the package. */
const PATCHED = dependencyPatches(ROOT).flatMap(({ file }) =>
  [...readFileSync(join(ROOT, file), 'utf8').matchAll(/^\+\+\+ b\/node_modules\/@whiskeysockets\/baileys\/(\S+)/gm)].map(
    ([, path = '']) => path
  )
);
const read = (/** @type {string} */ folder) => readFileSync(join(folder, SOCKET), 'utf8');
const stock = read(join(ROOT, 'node_modules', 'baileys-stock'));

/** @type {string} */
let root;
/** Baileys as published, together with the patches of this repository. */
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'wabus-patches-'));
  cpSync(join(ROOT, PATCH_FOLDER), join(root, PATCH_FOLDER), { recursive: true });
  for (const file of PATCHED) {
    mkdirSync(dirname(join(root, PACKAGE, file)), { recursive: true });
    writeFileSync(join(root, PACKAGE, file), readFileSync(join(ROOT, 'node_modules', 'baileys-stock', file)));
  }
  cpSync(join(ROOT, 'node_modules', 'baileys-stock', 'package.json'), join(root, PACKAGE, 'package.json'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

describe('patches of dependencies', () => {
  it('are applied here, but not in the stock alias', () => {
    expect(read(join(ROOT, PACKAGE))).toContain('config.interceptNode');
    expect(stock).not.toContain('interceptNode');
  });

  it('apply once to the packages as published', async () => {
    expect(dependencyPatches(root).map(({ name }) => name)).toEqual(['@whiskeysockets/baileys']);
    expect(await applyDependencyPatches(root)).toBe('applied');
    for (const file of PATCHED) expect(readFileSync(join(root, PACKAGE, file)).equals(readFileSync(join(ROOT, PACKAGE, file)))).toBe(true);
    expect(await applyDependencyPatches(root)).toBe('unchanged');
  });

  it('write a new file and keep other links to the old one', async () => {
    linkSync(join(root, PACKAGE, SOCKET), join(root, 'elsewhere.js'));
    await applyDependencyPatches(root);
    expect(readFileSync(join(root, 'elsewhere.js'), 'utf8')).toBe(stock);
  });

  it('refuse another version and name both', async () => {
    writeFileSync(join(root, PACKAGE, 'package.json'), JSON.stringify({ version: '7.0.0-rc15' }));
    await expect(applyDependencyPatches(root)).rejects.toThrow(/is for @whiskeysockets\/baileys 7\.0\.0-rc14; installed: 7\.0\.0-rc15/);
  });

  it('refuse unexpected contents and leave them unchanged', async () => {
    const other = stock.replaceAll('const sendNode = (frame)', 'const sendNode = async (frame)');
    writeFileSync(join(root, PACKAGE, SOCKET), other);
    await expect(applyDependencyPatches(root)).rejects.toThrow(/does not apply to .*socket\.js/);
    expect(read(join(root, PACKAGE))).toBe(other);
  });
});
