// @ts-check
import { execFileSync } from 'node:child_process';
import { appendFileSync, copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { choosePorts } from './ports.mjs';
import { StartFixture } from './start.fixture.mjs';

const TSC = fileURLToPath(new URL('../../node_modules/typescript-native/bin/tsc', import.meta.url));
const OPTIONS = {
  composite: true,
  module: 'NodeNext',
  target: 'ES2023',
  types: [],
  rootDir: 'src',
  outDir: 'dist',
  tsBuildInfoFile: 'dist/.tsbuildinfo'
};
const PROJECTS = ['libs/words', 'apps/connector', 'apps/edge'];

const fixture = new StartFixture();
const at = (/** @type {string[]} */ ...path) => join(fixture.folder, ...path);
/** @type {import('./start.fixture.mjs').StartedRun} */
let run;

/** Returns how often an app was started. @param {string} app */
const starts = app => fixture.journal.filter(line => line.startsWith(app) && line.includes(' started ')).length;

beforeAll(async () => {
  for (const project of PROJECTS) {
    mkdirSync(at(project, 'src'), { recursive: true });
    const references = project === 'apps/edge' ? [{ path: '../../libs/words' }] : [];
    writeFileSync(at(project, 'tsconfig.json'), JSON.stringify({ compilerOptions: OPTIONS, include: ['src'], references }));
  }
  writeFileSync(at('libs/words/src/index.ts'), 'export const word: string = "first";\n');
  for (const app of ['connector', 'edge']) {
    const main = readFileSync(new URL(`fixture/${app}.main.mjs`, import.meta.url), 'utf8');
    writeFileSync(at('apps', app, 'src', 'main.ts'), main.replace('// @ts-check', '// @ts-nocheck'));
  }
  writeFileSync(at('tsconfig.build.json'), JSON.stringify({ files: [], references: PROJECTS.map(path => ({ path })) }));
  execFileSync(process.execPath, [TSC, '-b', 'tsconfig.build.json'], { cwd: fixture.folder });
  for (const app of ['connector', 'edge'])
    copyFileSync(at('apps', app, 'dist', 'bundle', 'fixture.json'), at('apps', app, 'dist', 'fixture.json'));
  const [port = 0] = await choosePorts(1);
  run = fixture.start(['--port', String(port), '--watch']);
  await run.awaitOutput('Wabus is ready');
  await run.awaitOutput('watching the sources');
}, 60_000);
afterAll(() => fixture.dispose());

describe('npm start -- --watch', () => {
  it('restarts the app whose source has changed', async () => {
    appendFileSync(at('apps/connector/src/main.ts'), '\nexport const changed = 1;\n');
    await run.awaitOutput('connector-1 restarted');
    expect([starts('connector'), starts('edge')]).toEqual([2, 1]);
  });

  it('keeps the processes when a source has errors', async () => {
    appendFileSync(at('libs/words/src/index.ts'), 'export const wrong: number = word;\n');
    await run.awaitOutput('not restarted: the sources have errors');
    expect(run.output).toContain("Type 'string' is not assignable to type 'number'");
    expect([starts('connector'), starts('edge')]).toEqual([2, 1]);
  });

  it('restarts the app whose library has changed', async () => {
    writeFileSync(at('libs/words/src/index.ts'), 'export const word: string = "second";\n');
    await run.awaitOutput('edge-1 restarted');
    expect([starts('connector'), starts('edge')]).toEqual([2, 2]);
  });

  it('ends with its compiler when it is stopped', async () => {
    run.signal('SIGTERM');
    // The output closes when the last process that has it open has ended.
    expect(await run.ended).toBe(0);
  });
});
