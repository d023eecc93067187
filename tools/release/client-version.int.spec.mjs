// @ts-check
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../install.mjs';
import { runCommand } from '../process/command.runner.mjs';

const SOURCE = join(ROOT, 'apps', 'connector', 'src', 'client-version', 'built-in-version.ts');
const folder = mkdtempSync(join(tmpdir(), 'wabus-version-'));
const source = join(folder, 'built-in-version.ts');
let answer = { status: 200, body: '' };
const page = createServer((_request, response) => void response.writeHead(answer.status).end(answer.body));

beforeAll(async () => void (await once(page.listen(0, '127.0.0.1'), 'listening')));
beforeEach(() => copyFileSync(SOURCE, source));
afterAll(() => {
  page.close().closeAllConnections();
  rmSync(folder, { recursive: true, force: true });
});

function refresh() {
  const { port } = /** @type {import('node:net').AddressInfo} */ (page.address());
  const script = join(ROOT, 'tools', 'release', 'client-version.mjs');
  const args = ['--refresh', '--page', `http://127.0.0.1:${port}/sw.js`, '--source', source];
  return runCommand(process.execPath, [script, ...args], { env: { ...process.env, NODE_OPTIONS: '' }, timeoutMs: 60_000 });
}

test('a release builds in the version of the page', async () => {
  answer = { status: 200, body: '{\\"client_revision\\":1050000001}' };
  expect(await refresh()).toMatchObject({ code: 0, stdout: '2.3000.1050000001 is now built in.\n' });
  expect(readFileSync(source, 'utf8')).toContain('[2, 3000, 1_050_000_001]');
});

test('a page without a version changes nothing', async () => {
  answer = { status: 503, body: '' };
  const { code, stderr } = await refresh();
  expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('does not state the current version: refused, 503.') });
  expect(readFileSync(source, 'utf8')).toBe(readFileSync(SOURCE, 'utf8'));
});
