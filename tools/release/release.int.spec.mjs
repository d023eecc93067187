// @ts-check
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../install.mjs';
import { runCommand } from '../process/command.runner.mjs';
import { releaseOf } from './version.places.mjs';

/** @param {string[]} args */
const release = (...args) =>
  runCommand(process.execPath, [join(ROOT, 'tools', 'release.mjs'), ...args], {
    cwd: ROOT,
    timeoutMs: 120_000,
    // Another test runs the nodes in n8n.
    env: { ...process.env, NODE_OPTIONS: '', WABUS_TEST_N8N: undefined }
  });

describe('npm run release', () => {
  it('packs and checks every package in a dry run', async () => {
    const out = mkdtempSync(join(tmpdir(), 'wabus-packages-'));
    try {
      // A version other than that of the tree shows whether a place was forgotten.
      const { code, stdout, stderr } = await release('--dry-run', '--skip-tests', '--out', out, '9.8.7');
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      for (const line of [
        'would change',
        'libs/runtime/src/process/version.ts',
        'wabus runs outside the repository',
        'would commit "chore: release 9.8.7"'
      ])
        expect(stdout).toContain(line);
      expect(stdout.match(/^npm publish .*9\.8\.7\.tgz$/gm)).toHaveLength(4);
      expect(readdirSync(out)).toEqual(
        expect.arrayContaining(['n8n-nodes-wabus-9.8.7.tgz', 'wabus-9.8.7.tgz', 'wabus-nest-9.8.7.tgz', 'wabus-sdk-9.8.7.tgz'])
      );
      expect(releaseOf(ROOT)).not.toBe('9.8.7');
      expect(existsSync(join(ROOT, 'wabus-9.8.7.tgz'))).toBe(false);
    } finally {
      rmSync(out, { recursive: true, force: true });
    }
  }, 150_000);
});
