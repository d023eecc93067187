// @ts-check
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Progress } from '../terminal/progress.mjs';
import { bundleConsole } from './console.bundle.mjs';

const progress = new Progress({ write: () => true });

describe('the bundle of the console', () => {
  /** @type {string} */
  let root;
  const put = (/** @type {string} */ path, /** @type {string} */ text) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'wabus-bundle-'));
    put('apps/console/vite.config.mjs', '');
    put('apps/console/src/main.tsx', 'one');
    // Replaces the bundler: the page contains the source that it was built from.
    put(
      'node_modules/vite/bin/vite.js',
      `const fs = require('node:fs');
       const text = fs.readFileSync('apps/console/src/main.tsx', 'utf8');
       if (text === 'fault') { console.error('a fault in main.tsx'); process.exit(1); }
       fs.mkdirSync('apps/console/dist', { recursive: true });
       fs.writeFileSync('apps/console/dist/index.html', text);`
    );
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));
  const page = () => readFileSync(join(root, 'apps/console/dist/index.html'), 'utf8');

  it('is rebuilt after a change, and if its page is missing', async () => {
    expect(await bundleConsole(progress, root)).toBe('built');
    expect(await bundleConsole(progress, root)).toBe('unchanged');
    put('apps/console/src/main.tsx', 'two');
    expect(await bundleConsole(progress, root)).toBe('built');
    expect(page()).toBe('two');
    put('libs/sdk/src/index.ts', 'new');
    expect(await bundleConsole(progress, root)).toBe('built');
    rmSync(join(root, 'apps/console/dist'), { recursive: true });
    expect(await bundleConsole(progress, root)).toBe('built');
  });

  it("fails with the bundler's messages and is not recorded", async () => {
    put('apps/console/src/main.tsx', 'fault');
    await expect(bundleConsole(progress, root)).rejects.toThrow('a fault in main.tsx');
    await expect(bundleConsole(progress, root)).rejects.toThrow('a fault in main.tsx');
  });

  it('is unchanged if there is no console', async () => {
    rmSync(join(root, 'apps/console'), { recursive: true });
    expect(await bundleConsole(progress, root)).toBe('unchanged');
  });
});
