import { execFile } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from '../install.mjs';
import { bundleOf } from './app.bundle.mjs';

const run = promisify(execFile);

describe('the bundle of a process', () => {
  const APPS = ['connector', 'edge', 'simulator'];
  const folderOf = app => join(ROOT, bundleOf(app), '..');
  const textOf = app => readFileSync(join(folderOf(app), 'app.cjs'), 'utf8');
  const requiredBy = text => [...text.matchAll(/\brequire\("([^"]+)"\)/g)].map(([, path]) => path);

  it.each(['connector', 'simulator'])('%s evaluates its preload before its packages', app => {
    const text = textOf(app);
    // The code that replaces the signatures, and the first package that signs.
    expect(text.search(/libsignal\/src\/curve/)).toBeGreaterThan(0);
    expect(text.search(/libsignal\/src\/curve/)).toBeLessThan(text.search(/makeWASocket|initAuthCreds/));
  });

  it('connector replaces the signatures that Baileys uses', async () => {
    const app = join(folderOf('connector'), 'app.cjs');
    const script = `
      const curve = require('libsignal/src/curve.js');
      process.once('exit', () => console.log(/canSign/.test(String(curve.calculateSignature))));
      require(${JSON.stringify(app)});`;
    const env = { ...process.env, WABUS_CONNECTOR_PORT: 'none' };
    const { stdout } = await run(process.execPath, ['--eval', script], { cwd: ROOT, env }).catch(ended => ended);
    expect(stdout.trim()).toBe('true');
  });

  it('connector contains Baileys with our patch', () => {
    expect(/\.\s*interceptNode\s*\?/.test(textOf('connector'))).toBe(true);
  });

  it.each(APPS)('%s contains the code of its packages', app => {
    const required = requiredBy(textOf(app));
    expect(required).toContain('node:crypto');
    expect(required.filter(path => /^(@?wabus|@nestjs\/core$|@whiskeysockets|rxjs$)/.test(path))).toEqual([]);
  });

  it.each(APPS)('%s has no dynamic imports, which a script cannot run', app => {
    expect(/\bawait import\(/.test(textOf(app))).toBe(false);
  });

  it.each(APPS)('%s is read as one byte per character', app => {
    expect(/[^\0-\x7f]/.test(textOf(app))).toBe(false);
  });

  it.each(APPS)('%s starts from the code that V8 compiled at the build', async app => {
    const file = join(folderOf(app), 'app.cjs');
    // In a process with the flags of a real start: V8 rejects code that was compiled with different flags, such as Jest's.
    const script = `
      const { readFileSync } = require('node:fs');
      const source = '(function (exports, require, module, __filename, __dirname) {' + readFileSync(${JSON.stringify(file)}, 'latin1') + '\\n})';
      const cachedData = readFileSync(${JSON.stringify(join(folderOf(app), 'app.cache'))});
      console.log(new (require('node:vm').Script)(source, { filename: ${JSON.stringify(file)}, cachedData }).cachedDataRejected);`;
    const { stdout } = await run(process.execPath, ['--eval', script]);
    expect(stdout.trim()).toBe('false');
  });

  it('also starts without the code cache', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'wabus-bundle-'));
    for (const file of ['main.js', 'app.cjs']) copyFileSync(join(folderOf('simulator'), file), join(folder, file));
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
    const { stdout } = await run(process.execPath, [join(folder, 'main.js'), '--help']);
    rmSync(folder, { recursive: true });
    expect(stdout).toMatch(/simulator/);
  });
});
