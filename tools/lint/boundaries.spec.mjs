import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, readdir, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { accomplices, faults, innocents } from './faults.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const RULES = [
  'package.json',
  'package-lock.json',
  'nx.json',
  'tsconfig.base.json',
  'tsconfig.json',
  'eslint.config.mjs',
  '.oxlintrc.json',
  '.dependency-cruiser.cjs',
  'tools/lint',
  'docs/glossary.md'
];

/** Creates a copy of the repository with all rules and manifests, in which the given files replace the sources. */
async function layOut(files) {
  const house = await realpath(await mkdtemp(join(tmpdir(), 'wabus-lint-')));
  for (const path of RULES) await cp(join(root, path), join(house, path), { recursive: true });
  await mkdir(join(house, 'node_modules/@wabus'), { recursive: true });
  for (const name of await readdir(join(root, 'node_modules'))) {
    if (name !== '@wabus' && name !== '.cache') await symlink(join(root, 'node_modules', name), join(house, 'node_modules', name));
  }
  for (const group of ['libs', 'apps']) {
    for (const name of await readdir(join(root, group))) {
      for (const file of ['package.json', 'tsconfig.json', 'tsconfig.testing.json', 'tsconfig.spec.json']) {
        await cp(join(root, group, name, file), join(house, group, name, file)).catch(ignoreMissing);
      }
      await symlink(join(house, group, name), join(house, 'node_modules/@wabus', name));
    }
  }
  for (const [path, code] of Object.entries(files)) {
    await mkdir(dirname(join(house, path)), { recursive: true });
    await writeFile(join(house, path), code);
  }
  return house;
}

function ignoreMissing(error) {
  if (error.code !== 'ENOENT') throw error;
}

/** Runs one part of the real `npm run lint` in the copy, as a developer would. */
function run(command, house) {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(NX_|FORCE_COLOR$|NODE_TEST_CONTEXT$|npm_)/.test(name)));
  Object.assign(env, { NO_COLOR: '1', PATH: `${join(root, 'node_modules/.bin')}:${env.PATH}` });
  return new Promise(resolve => {
    execFile('sh', ['-c', command], { cwd: house, env, maxBuffer: 64 << 20 }, (error, stdout, stderr) => {
      resolve({ code: error ? error.code : 0, output: stripVTControlCharacters(stdout + stderr) });
    });
  });
}

/** Returns `file rule` for every error in ESLint's printed report. A message may span several lines; the rule follows it after a gap. */
function eslintErrors(output, house) {
  const errors = new Set();
  let file = '';
  for (const line of output.split('\n')) {
    if (line.startsWith(house)) file = line.slice(house.length + 1).trim();
    const rule = / {2}(\S+)$/.exec(line)?.[1];
    if (file && rule) errors.add(`${file} ${rule}`);
  }
  return errors;
}

/** Returns `file rule` for every error in oxlint's report, which has one line per error. */
function oxlintErrors(output) {
  return new Set(
    [...output.matchAll(/^(\S+?):\d+:\d+: .*\[Error\/(typescript)\(([\w-]+)\)\]$/gm)].map(
      ([, file, plugin, rule]) => `${file} ${plugin}/${rule}`
    )
  );
}

/** Returns `file rule` for every error in dependency-cruiser's printed report. */
function cruiseErrors(output) {
  return new Set([...output.matchAll(/^\s*error ([\w-]+): (\S+)/gm)].map(([, rule, file]) => `${file} ${rule}`));
}

describe('the lint', { timeout: 600_000 }, () => {
  const found = {};
  let house;

  before(async () => {
    const { scripts } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
    const { targets } = JSON.parse(await readFile(join(root, 'tools/project.json'), 'utf8'));
    assert.match(scripts.lint, /^nx run-many -t lint lint:types lint:rooms\b/, 'npm run lint runs all three');
    const depcruise = targets['lint:rooms'].command;
    // Nx first writes the project graph that one of the rules reads.
    house = await layOut({ ...innocents, ...accomplices, ...Object.fromEntries(faults.map(({ file, code }) => [file, code])) });
    const [byEslint, byOxlint, byDepcruise] = await Promise.all([
      run(`nx show projects && ${targets.lint.command}`, house),
      run(`${targets['lint:types'].command} --format unix`, house),
      run(depcruise, house)
    ]);
    assert.notEqual(byEslint.code, 0, 'eslint fails');
    assert.notEqual(byOxlint.code, 0, 'oxlint fails');
    assert.notEqual(byDepcruise.code, 0, 'dependency-cruiser fails');
    found.eslint = eslintErrors(byEslint.output, house);
    found.oxlint = oxlintErrors(byOxlint.output);
    found.depcruise = cruiseErrors(byDepcruise.output);
  });
  after(() => house && rm(house, { recursive: true, force: true }));

  const errorsIn = file => Object.values(found).flatMap(errors => [...errors].filter(error => error.startsWith(`${file} `)));

  for (const { tool, rule, file } of faults) {
    it(`refuses ${file}: ${rule}`, () => assert.ok(found[tool].has(`${file} ${rule}`), `found instead: ${errorsIn(file)}`));
  }
  for (const file of Object.keys(innocents).filter(name => !(name in accomplices))) {
    it(`lets ${file} pass`, () => assert.deepEqual(errorsIn(file), []));
  }
});
