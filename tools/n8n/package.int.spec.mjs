// @ts-check
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from '../install.mjs';
import { NODES } from './node-files.copy.mjs';
import { writeN8nTables } from './tables.mjs';

const run = promisify(execFile);
const N8N = process.env['WABUS_TEST_N8N'];
// Without n8n's packages, these tests are skipped.
const withN8n = N8N ? it : it.skip;

describe('the package for n8n', () => {
  it('offers the current commands and events of the catalogs', async () => {
    expect(await writeN8nTables({ check: true })).toEqual([]);
  });

  it('contains only the compiled nodes and needs no package', async () => {
    const { stdout } = await run('npm', ['pack', '--dry-run', '--json', '--ignore-scripts', join(ROOT, NODES)]);
    const [packed] = Object.values(JSON.parse(stdout));
    const files = packed.files.map((/** @type {{ path: string }} */ { path }) => path);
    const manifest = JSON.parse(readFileSync(join(ROOT, NODES, 'package.json'), 'utf8'));
    expect(files).toEqual(
      expect.arrayContaining([...manifest.n8n.nodes, ...manifest.n8n.credentials, 'LICENSE', 'README.md', 'dist/icons/wabus.svg'])
    );
    expect(
      files.filter(
        (/** @type {string} */ path) =>
          !/^(dist\/(credentials|nodes|icons)\/.+\.(js|json|svg)|LICENSE|README\.md|index\.js|package\.json)$/.test(path)
      )
    ).toEqual([]);
    expect(files.filter((/** @type {string} */ path) => /spec|\.d\.ts/.test(path))).toEqual([]);
    expect([manifest.dependencies, manifest.license, packed.bundled]).toEqual([undefined, 'MIT', []]);
  });

  withN8n("passes n8n's own lint", async () => {
    // With NODE_ENV=test, its rules check no file by its name.
    const options = { cwd: ROOT, env: { ...process.env, NODE_ENV: 'production' } };
    const { stdout } = await run(process.execPath, [join(ROOT, 'tools', 'n8n', 'lint.mjs')], options).catch(error => error);
    expect(stdout).toMatch(/^\d\d files, 0 problems\n$/);
  });

  withN8n("fits n8n's own types", async () => {
    const folder = mkdtempSync(join(tmpdir(), 'wabus-n8n-types-'));
    const sources = ['nodes', 'credentials'].map(name => join(ROOT, NODES, 'src', name));
    const configuration = {
      extends: join(ROOT, NODES, 'tsconfig.json'),
      compilerOptions: {
        noEmit: true,
        composite: false,
        incremental: false,
        rootDir: '/',
        typeRoots: [join(ROOT, 'node_modules', '@types')],
        paths: { 'n8n-workflow': [join(N8N ?? '', 'node_modules', 'n8n-workflow')] }
      },
      include: sources,
      exclude: sources.map(source => `${source}/**/*.spec.ts`)
    };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(configuration));
    const tsc = join(ROOT, 'node_modules', 'typescript-native', 'bin', 'tsc');
    try {
      const { stdout } = await run(process.execPath, [tsc, '-p', folder, '--pretty', 'false']).catch(error => error);
      expect(stdout).toBe('');
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
