// @ts-check
import { join } from 'node:path';
import { ROOT } from './install.mjs';
import { runCommand } from './process/command.runner.mjs';
import { specFiles, tierOf } from './test/spec-file.search.mjs';

/** @param {...string} args */
const testOne = (...args) => runCommand(process.execPath, [join(ROOT, 'tools', 'test-one.mjs'), ...args], { cwd: ROOT, timeoutMs: 60_000 });

describe('npm run test:one', () => {
  it('runs only the files that match', async () => {
    const { code, stderr } = await testOne('edge/.*verdict\\.table');
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: expect.stringMatching(/verdict\.table\.spec\.ts[^]*Test Suites: 1 passed, 1 total/)
    });
  });

  it('reports a pattern that matches nothing', async () => {
    const { code, stderr } = await testOne('no-such-test-file');
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('No test file matches no-such-test-file.') });
  });

  it('prints its usage without a pattern', async () => {
    const { code, stderr } = await testOne();
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('npm run test:one -- PATTERN') });
  });
});

it('every tier has test files', () => {
  expect(new Set(specFiles(ROOT).map(tierOf))).toEqual(new Set(['unit', 'int', 'e2e']));
});
