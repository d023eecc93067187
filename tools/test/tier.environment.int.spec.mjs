// @ts-check
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Each starts something, half of them through an imported module, like a fixture. */
const FAULTS = {
  server: `import net from 'node:net'; it('x', () => void net.createServer().listen(0).close());`,
  web: `import http from 'node:http'; it('x', () => void http.createServer().listen(0).close());`,
  socket: `import { connect } from 'node:net'; it('x', () => void connect(1, '127.0.0.1').on('error', () => {}));`,
  request: `import { get } from 'node:http'; it('x', () => void get('http://127.0.0.1:9').on('error', () => {}));`,
  datagram: `import { createSocket } from 'node:dgram'; it('x', () => void createSocket('udp4').bind(0).close());`,
  process: `import { execFile } from 'node:child_process'; it('x', () => void execFile('true'));`,
  synchronous: `import { execFileSync } from 'node:child_process'; it('x', () => void execFileSync('true'));`,
  fixture: `import { start } from './server.fixture.mjs'; it('x', () => start());`
};
const FIXTURE = `import { createServer } from 'node:net'; export const start = () => new Promise(done => { const it = createServer().listen(0, () => it.close(done)); });`;
/** Two files in a group: without separation, the hooks of one would affect the other, or make it fail. */
const GROUP = {
  counting: `globalThis.counted = 0; beforeEach(() => void globalThis.counted++); it('counts once', () => expect(globalThis.counted).toBe(1));`,
  failing: `beforeAll(() => { throw new Error('no start'); }); it('x', () => {});`,
  innocent: `it('counts nothing', () => expect(globalThis.counted).toBe(1));`
};
const INNOCENT = `import { readFileSync } from 'node:fs'; it('x', () => expect(readFileSync(new URL(import.meta.url), 'utf8')).toContain('innocent'));`;

describe('the tiers of the tests', () => {
  /** @type {Map<string, { status: string, message: string, assertionResults: { ancestorTitles: string[], status: string }[] }>} */
  const found = new Map();

  beforeAll(() => {
    const folder = mkdtempSync(join(tmpdir(), 'wabus-tier-'));
    try {
      writeFileSync(join(folder, 'server.fixture.mjs'), FIXTURE);
      for (const [name, code] of [...Object.entries(FAULTS), ['pure', `${INNOCENT} // innocent`]]) {
        writeFileSync(join(folder, `${name}.spec.mjs`), code ?? '');
        writeFileSync(join(folder, `${name}.int.spec.mjs`), code ?? '');
      }
      for (const [name, code] of Object.entries(GROUP)) writeFileSync(join(folder, `${name}.part.mjs`), code);
      const parts = Object.keys(GROUP).map(name => `await specFile('${name}', () => import('./${name}.part.mjs'));`);
      writeFileSync(join(folder, 'group.spec.mjs'), parts.join('\n'));
      const testEnvironment = join(ROOT, 'tools', 'test', 'tier.environment.mjs');
      const config = JSON.stringify({ rootDir: folder, testEnvironment, testMatch: ['**/*.spec.mjs'], transform: {} });
      const results = join(folder, 'results.json');
      const jest = join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js');
      // In one process: restrictions for one file must not apply to the next.
      const args = ['--experimental-vm-modules', jest, '--config', config, '--runInBand', '--json', `--outputFile=${results}`];
      spawnSync(process.execPath, args, { cwd: folder });
      for (const { name, ...result } of JSON.parse(readFileSync(results, 'utf8')).testResults) {
        found.set(name.split('/').at(-1), result);
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it.each(Object.keys(FAULTS))('forbid a unit test to start this: %s', name => {
    expect(found.get(`${name}.spec.mjs`)).toMatchObject({
      status: 'failed',
      message: expect.stringContaining(`a unit test starts nothing. Name the file ${name}.int.spec.mjs.`)
    });
  });

  it.each(Object.keys(FAULTS))('allow an integration test to start it: %s', name => {
    expect(found.get(`${name}.int.spec.mjs`)?.status).toBe('passed');
  });

  it('keep the hooks of a file in a group separate', () => {
    const results = found.get('group.spec.mjs')?.assertionResults.map(({ ancestorTitles, status }) => [ancestorTitles[0], status]);
    expect(results).toEqual([
      ['counting', 'passed'],
      ['failing', 'failed'],
      ['innocent', 'passed']
    ]);
  });

  it('allow a unit test to read files', () => {
    expect(found.get('pure.spec.mjs')?.status).toBe('passed');
  });
});
