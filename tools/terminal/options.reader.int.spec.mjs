// @ts-check
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../install.mjs';
import { runCommand } from '../process/command.runner.mjs';

/** Not programs, or programs that pass unknown options on. */
const OTHERS = ['jest.config.mjs', 'bench.mjs', 'chaos.mjs', 'test-one.mjs'];
const TOOLS = readdirSync(join(ROOT, 'tools')).filter(
  name => name.endsWith('.mjs') && !name.endsWith('.spec.mjs') && !OTHERS.includes(name)
);

/** @param {string[]} args */
function run(...args) {
  return runCommand(process.execPath, args, { cwd: ROOT, env: { ...process.env, NODE_OPTIONS: '' }, timeoutMs: 30_000 });
}

describe('a tool', () => {
  it.each(TOOLS)('%s explains its options', async name => {
    const { code, stdout, stderr } = await run(join('tools', name), '--help');
    expect({ code, text: stdout || stderr }).toEqual({ code: 0, text: expect.stringMatching(/npm |node tools|wabus /) });
  });

  it.each(TOOLS)('%s names a wrong option, without a stack', async name => {
    const { code, stdout, stderr } = await run(join('tools', name), '--nonsense');
    expect({ name, code }).not.toEqual({ name, code: 0 });
    expect(`${stdout}${stderr}`).not.toMatch(/^ +at /m);
  });

  it('mcp.mjs names a wrong address and a missing token', async () => {
    const bridge = join('tools', 'mcp.mjs');
    expect(await run(bridge, 'localhost:3000')).toMatchObject({ code: 2, stderr: expect.stringContaining('must be a URL') });
    expect(await run(bridge)).toMatchObject({ code: 2, stderr: expect.stringContaining('set WABUS_TOKEN') });
  });
});
