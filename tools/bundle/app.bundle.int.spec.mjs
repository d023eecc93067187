import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { ROOT } from '../install.mjs';
import { bundleOf } from './app.bundle.mjs';

const run = promisify(execFile);

describe('the bundle of a process', () => {
  const folderOf = app => join(ROOT, bundleOf(app), '..');
  const importsOf = text => [...text.matchAll(/(?:^|;)import\b[^"';]*\bfrom ?"([^"]+)"/gm)].map(([, path]) => path);

  it.each(['connector', 'simulator'])('%s evaluates its preload before its packages', app => {
    expect(readFileSync(join(folderOf(app), 'main.js'), 'utf8')).toBe(`import './first.js';\nimport './app.js';\n`);
    const imported = importsOf(readFileSync(join(folderOf(app), 'app.js'), 'utf8'));
    expect(imported.filter(path => path.startsWith('libsignal')).length).toBeGreaterThan(0);
  });

  it('connector replaces the signatures that Baileys uses', async () => {
    const first = pathToFileURL(join(folderOf('connector'), 'first.js')).href;
    const script = `
      import { createRequire } from 'node:module';
      await import(${JSON.stringify(first)});
      const curve = createRequire(${JSON.stringify(first)})('libsignal/src/curve.js');
      console.log(/canSign/.test(String(curve.calculateSignature)));`;
    const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', script]);
    expect(stdout.trim()).toBe('true');
  });

  it('connector holds Baileys with our patch', () => {
    expect(readFileSync(join(folderOf('connector'), 'app.js'), 'utf8')).toMatch(/config\.interceptNode ?\?/);
  });

  it.each(['connector', 'edge', 'simulator'])('%s holds the code of its packages', app => {
    const text = readFileSync(join(folderOf(app), app === 'edge' ? 'main.js' : 'app.js'), 'utf8');
    const imported = importsOf(text);
    expect(imported).toContain('node:crypto');
    expect(imported.filter(path => /^(@?wabus|@nestjs\/core$|@whiskeysockets|rxjs$)/.test(path))).toEqual([]);
  });

  it.each(['connector', 'edge', 'simulator'])('%s is read as one byte a character', app => {
    const files = app === 'edge' ? ['main.js'] : ['first.js', 'app.js'];
    for (const file of files) expect(readFileSync(join(folderOf(app), file), 'utf8')).not.toMatch(/[^\0-\x7f]/);
  });
});
