// @ts-check
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { buildProjects } from '../build.mjs';
import { installDependencies } from '../install.mjs';
import { Progress } from '../terminal/progress.mjs';
import { installedMatchesLock } from './installed-packages.policy.mjs';
import { NODE_ENGINES, nodeVersionFault } from './node-version.policy.mjs';

/** @type {string} */
let root;
/** @type {string} */
let printed;
/** @type {Progress} */
let progress;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'wabus-setup-'));
  printed = '';
  progress = new Progress({ write: text => (printed += text) });
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/**
 * @param {string} path
 * @param {string | object} content
 */
function write(path, content) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), typeof content === 'string' ? content : JSON.stringify(content));
}

describe('the version of Node.js', () => {
  it.each(['v20.19.0', 'v20.20.2', 'v22.12.0', 'v22.23.5', 'v24.0.0', 'v24.22.3', 'v25.1.0', 'v26.12.1', 'v28.0.0-nightly'])(
    '%s is accepted',
    version => {
      expect(nodeVersionFault(version)).toBeNull();
    }
  );
  it.each(['v18.20.0', 'v20.18.3', 'v20.9.0', 'v21.7.0', 'v22.11.0', 'v23.11.0'])('%s is refused with the supported versions', version => {
    expect(nodeVersionFault(version)).toContain(
      `needs Node.js 20.19, 22.12, 24.0 or a newer release of these lines, or any version after 24; this is ${version}`
    );
  });
  it('matches package.json', () => {
    const { engines } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
    expect(engines.node).toBe(NODE_ENGINES);
  });
});

describe('the packages that npm recorded as installed', () => {
  const lock = {
    packages: {
      '': { version: '1.0.0' },
      'libs/a': { version: '1.0.0' },
      'node_modules/a': { link: true },
      'node_modules/b': { version: '2.0.0' },
      'node_modules/for-another-platform': { version: '3.0.0', optional: true }
    }
  };

  it('match if every required package has its locked version', () => {
    expect(installedMatchesLock(lock, { packages: { 'node_modules/a': { link: true }, 'node_modules/b': { version: '2.0.0' } } })).toBe(
      true
    );
  });

  it.each([
    ['nothing is installed', null],
    ['a package is missing', { packages: { 'node_modules/a': { link: true } } }],
    ['a package is older', { packages: { 'node_modules/a': { link: true }, 'node_modules/b': { version: '1.9.0' } } }],
    [
      'a workspace was installed from the registry',
      { packages: { 'node_modules/a': { version: '1.0.0' }, 'node_modules/b': { version: '2.0.0' } } }
    ]
  ])('do not match if %s', (_, installed) => {
    expect(installedMatchesLock(lock, installed)).toBe(false);
  });
});

describe('the install', () => {
  /** @param {string} script the shell script that replaces npm */
  function npm(script) {
    write('npm', `#!/bin/sh\necho "$@" >> "${root}/calls"\n${script}\n`);
    chmodSync(join(root, 'npm'), 0o755);
    return [join(root, 'npm')];
  }
  const calls = () => (existsSync(join(root, 'calls')) ? readFileSync(join(root, 'calls'), 'utf8').trim().split('\n') : []);

  it('runs npm ci once, and again when the lock file changes', async () => {
    write('package-lock.json', { packages: { 'node_modules/b': { version: '2.0.0' } } });
    const options = { root, npm: npm(`mkdir -p "${root}/node_modules"; echo "npm warn deprecated x" >&2`) };
    expect(await installDependencies(progress, options)).toBe('installed');
    expect(await installDependencies(progress, options)).toBe('unchanged');
    expect(calls()).toEqual(['ci --include=dev --no-audit --no-fund']);
    write('package-lock.json', { packages: { 'node_modules/b': { version: '2.0.1' } } });
    expect(await installDependencies(progress, options)).toBe('installed');
    expect(calls()).toHaveLength(2);
    rmSync(join(root, 'node_modules'), { recursive: true });
    await installDependencies(progress, options);
    expect(calls()).toHaveLength(3);
  });

  it('runs npm ci again if packages of a workspace are missing', async () => {
    write('package-lock.json', { packages: { 'apps/a/node_modules/c': { version: '1.0.0' } } });
    const options = { root, npm: npm(`mkdir -p "${root}/node_modules" "${root}/apps/a/node_modules/c"`) };
    await installDependencies(progress, options);
    expect(await installDependencies(progress, options)).toBe('unchanged');
    rmSync(join(root, 'apps'), { recursive: true });
    await installDependencies(progress, options);
    expect(calls()).toHaveLength(2);
  });

  it('does not repeat an installation by hand', async () => {
    write('package-lock.json', { packages: { 'node_modules/b': { version: '2.0.0' } } });
    write('node_modules/.package-lock.json', { packages: { 'node_modules/b': { version: '2.0.0' } } });
    await installDependencies(progress, { root, npm: npm('exit 1') });
    expect(calls()).toEqual([]);
  });

  it('fails with the last lines of npm, and is tried again', async () => {
    write('package-lock.json', { packages: { 'node_modules/b': { version: '2.0.0' } } });
    const failing = { root, npm: npm('echo "npm error network" >&2; exit 1') };
    await expect(installDependencies(progress, failing)).rejects.toThrow(/code 1\):\nnpm error network/);
    await expect(installDependencies(progress, failing)).rejects.toThrow('npm error network');
    expect(calls()).toHaveLength(2);
  });
});

describe('the build', () => {
  beforeEach(() => {
    write('tsconfig.build.json', { files: [], references: [{ path: 'libs/a' }] });
    write('libs/a/tsconfig.json', { include: ['src'], exclude: ['src/**/*.spec.ts'] });
    write('libs/a/src/index.ts', 'export {};');
    write('package-lock.json', {});
    // Replaces the compiler: it writes one output for the one source, and records each run.
    write(
      'node_modules/typescript-native/bin/tsc',
      `const fs = require('fs'); fs.appendFileSync('runs', 'x');
      if (fs.readFileSync('libs/a/src/index.ts', 'utf8').includes('fault')) { console.log('index.ts(1,1): error TS1: a fault'); process.exit(2); }
      fs.mkdirSync('libs/a/dist', { recursive: true }); fs.writeFileSync('libs/a/dist/index.js', '');`
    );
  });
  const runs = () => readFileSync(join(root, 'runs'), 'utf8').length;

  it('compiles if a source has changed or an output is missing', async () => {
    expect(await buildProjects(progress, root)).toBe('built');
    expect(await buildProjects(progress, root)).toBe('unchanged');
    write('libs/a/src/index.ts', 'export {};');
    expect(await buildProjects(progress, root)).toBe('unchanged');
    write('libs/a/src/index.ts', 'export const changed = 1;');
    expect(await buildProjects(progress, root)).toBe('built');
    rmSync(join(root, 'libs/a/dist/index.js'));
    expect(await buildProjects(progress, root)).toBe('built');
    expect(runs()).toBe(3);
  });

  it('compiles no tests', async () => {
    write('libs/a/src/index.spec.ts', 'expect(1);');
    expect(await buildProjects(progress, root)).toBe('built');
    write('libs/a/src/index.spec.ts', 'expect(2);');
    expect(await buildProjects(progress, root)).toBe('unchanged');
  });

  it('removes outputs without a source', async () => {
    write('libs/a/dist/gone.js', '');
    write('libs/a/dist/bundle/main.js', '');
    write('libs/a/dist/index.spec.d.ts', '');
    await buildProjects(progress, root);
    expect(readdirSync(join(root, 'libs/a/dist'))).toEqual(['bundle', 'index.js']);
    expect(readdirSync(join(root, 'libs/a/dist/bundle'))).toEqual(['main.js']);
  });

  it('fails with the messages of the compiler', async () => {
    write('libs/a/src/index.ts', 'fault');
    await expect(buildProjects(progress, root)).rejects.toThrow('error TS1: a fault');
    await expect(buildProjects(progress, root)).rejects.toThrow('error TS1: a fault');
    expect(printed).toContain('✗ the build failed');
  });
});
