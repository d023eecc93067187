// @ts-check
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { findChromium } from './chromium.search.mjs';

describe('the search for a Chromium', () => {
  /** @type {string} */
  let folder;
  /** @type {NodeJS.ProcessEnv} */
  let env;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'wabus-chromium-'));
    env = { PATH: join(folder, 'bin'), XDG_CACHE_HOME: join(folder, 'cache') };
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const put = (/** @type {string} */ path, /** @type {string} */ says) => {
    const program = join(folder, path);
    mkdirSync(dirname(program), { recursive: true });
    writeFileSync(program, `#!/bin/sh\n${says}\n`);
    chmodSync(program, 0o755);
    return program;
  };
  const search = () => findChromium(env, () => undefined);

  it('prefers the program in the environment variable', async () => {
    put('bin/chromium', 'echo Chromium 1');
    env['WABUS_TEST_CHROMIUM'] = put('mine', 'echo Google Chrome 1');
    await expect(search()).resolves.toBe(env['WABUS_TEST_CHROMIUM']);
  });

  it('refuses a program that does not start as Chromium', async () => {
    put('bin/chromium', 'echo Chromium 1');
    env['WABUS_TEST_CHROMIUM'] = put('broken', 'echo no library >&2; exit 127');
    await expect(search()).rejects.toThrow(/WABUS_TEST_CHROMIUM names .*broken, which does not start: .*no library/s);
    env['WABUS_TEST_CHROMIUM'] = put('other', 'echo Firefox 1');
    await expect(search()).rejects.toThrow('WABUS_TEST_CHROMIUM names');
  });

  it('prefers an installed one, then the one in the cache', async () => {
    const installed = put('bin/chromium', 'echo Chromium 1');
    const cached = put('cache/wabus/chromium/start', 'echo Chromium 2');
    await expect(search()).resolves.toBe(installed);
    put('bin/chromium', 'exit 1');
    await expect(search()).resolves.toBe(cached);
  });
});
