// @ts-check
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from '../install.mjs';

const run = promisify(execFile);
const TYPEDOC = join(ROOT, 'node_modules', 'typedoc', 'bin', 'typedoc');

describe('the reference of the SDK', () => {
  it('builds without warnings: exports documented, links valid', async () => {
    // The options count warnings as errors, and those end it with a code that is not 0. Types are checked by the build.
    const args = [TYPEDOC, '--options', join('libs', 'sdk', 'typedoc.json'), '--emit', 'none', '--skipErrorChecking'];
    const { stdout, stderr } = await run(process.execPath, args, { cwd: ROOT });
    expect(`${stdout}${stderr}`).not.toMatch(/\[(warning|error)\]/);
  }, 120_000);
});
