import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { affectedBase, changedFiles } from './check/affected.base.mjs';
import { NX, NX_ENVIRONMENT } from './check/nx.targets.mjs';
import { ROOT } from './install.mjs';

const run = promisify(execFile);

/** Returns the projects that Nx considers affected by a change to a file. */
async function affectedBy(file) {
  const { stdout } = await run(process.execPath, [NX, 'show', 'projects', '--affected', `--files=${file}`, '--json'], {
    cwd: ROOT,
    env: { ...process.env, ...NX_ENVIRONMENT }
  });
  return JSON.parse(stdout);
}

describe('the projects that a change affects', () => {
  let byContract, byEdge, byPage;
  beforeAll(async () => {
    [byContract, byEdge, byPage] = await Promise.all(
      ['libs/contracts/src/index.ts', 'apps/edge/src/main.ts', 'docs/architecture.md'].map(file => affectedBy(file))
    );
  });

  it('are the edge and the connector for a contract', () => {
    expect(byContract).toEqual(expect.arrayContaining(['@wabus/edge', '@wabus/connector', '@wabus/e2e', 'tools']));
  });

  it('are the edge but no connector for a file of the edge', () => {
    expect(byEdge).toEqual(expect.arrayContaining(['@wabus/edge', '@wabus/e2e', 'tools']));
    expect(byEdge).not.toContain('@wabus/connector');
  });

  it('are the products for the end-to-end tests', async () => {
    const { stdout } = await run(process.execPath, [NX, 'show', 'project', '@wabus/e2e', '--json'], {
      cwd: ROOT,
      env: { ...process.env, ...NX_ENVIRONMENT }
    });
    const { targets, implicitDependencies } = JSON.parse(stdout);
    expect(targets['test:e2e']).toMatchObject({ inputs: expect.arrayContaining(['sources', '^sources']) });
    expect(implicitDependencies).toEqual(expect.arrayContaining(['@wabus/connector', '@wabus/edge', '@wabus/simulator']));
  });

  it('are only the tools for a page', () => {
    expect(byPage).toEqual(['tools']);
  });
});

describe('the base commit of changes', () => {
  let folder;
  const git = async (...args) =>
    (await run('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.org', ...args], { cwd: folder })).stdout.trim();
  const commit = async name => {
    await writeFile(join(folder, name), name);
    await git('add', '.');
    await git('commit', '-m', name);
    return git('rev-parse', 'HEAD');
  };

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'wabus-check-'));
    await git('init', '-b', 'main');
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('is missing in a clone with one commit', async () => {
    await commit('one');
    expect(await affectedBase(folder)).toBeNull();
  });

  it('is missing without git', async () => {
    await rm(join(folder, '.git'), { recursive: true });
    expect(await affectedBase(folder)).toBeNull();
  });

  it('is the previous commit on main', async () => {
    const first = await commit('one');
    await commit('two');
    expect(await affectedBase(folder)).toBe(first);
  });

  it('is the commit at which a branch left main', async () => {
    const fork = await commit('one');
    await git('switch', '-c', 'topic');
    await commit('two');
    await commit('three');
    expect(await affectedBase(folder)).toBe(fork);
  });

  it('counts uncommitted and new files as changes', async () => {
    const first = await commit('one');
    await commit('two');
    await writeFile(join(folder, 'one'), 'changed');
    await writeFile(join(folder, 'new'), 'new');
    expect((await changedFiles(folder, first)).sort()).toEqual(['new', 'one', 'two']);
  });
});
