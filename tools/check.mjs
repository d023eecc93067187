#!/usr/bin/env node
// @ts-check
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { affectedBase, changedFiles } from './check/affected.base.mjs';
import { CHECKS, NX, NX_ENVIRONMENT } from './check/nx.targets.mjs';
import { installDependencies, ROOT } from './install.mjs';
import { runCommand } from './process/command.runner.mjs';
import { Progress } from './terminal/progress.mjs';

const USAGE = `npm run check                 type check, lint, unit and integration tests, documents, for changes since main; commit messages
npm run check -- --base REF   for changes since another commit
npm run check -- --all        for every project
npm run check -- --e2e        also the end-to-end tests; put it before --base or --all

On main, changes count from the previous commit, including uncommitted and new files. Checks that passed with the same inputs are not repeated.`;

const TARGETS = [...CHECKS.flatMap(({ targets }) => targets), 'test:unit', 'test:int'];

/**
 * @param {string[]} args
 * @returns {Promise<number>} the exit code
 */
async function check(args) {
  const withE2e = args[0] === '--e2e';
  const [flag, value, ...rest] = withE2e ? args.slice(1) : args;
  const targets = withE2e ? [...TARGETS, 'test:e2e'] : TARGETS;
  const isKnown = flag === undefined || (flag === '--all' && value === undefined) || (flag === '--base' && value);
  if (!isKnown || rest.length > 0) {
    console.error(USAGE);
    return flag === '--help' ? 0 : 2;
  }
  await installDependencies(new Progress());
  const base = flag === '--all' ? null : (value ?? (await affectedBase(ROOT)));
  const messages = await lintMessages(base);
  if (base === null) {
    console.log(`Checks every project${flag === '--all' ? '' : ': there is no earlier commit to compare with'}.`);
    return (await runNx(['run-many'], targets)) || messages;
  }
  const files = await changedFiles(ROOT, base);
  console.log(
    `Checks the projects that ${files.length} changed ${files.length === 1 ? 'file affects' : 'files affect'} since ${base.slice(0, 12)}.`
  );
  return (files.length === 0 ? 0 : await runNx(['affected', `--base=${base}`], targets)) || messages;
}

/**
 * Checks the messages of the commits since a base; without a base, of the last commit.
 * @param {string | null} base
 * @returns {Promise<number>} the exit code
 */
async function lintMessages(base) {
  const { stdout, code } = await runCommand('git', ['rev-parse', 'HEAD'], { cwd: ROOT });
  if (code !== 0 || stdout.trim() === base) return 0;
  const range = base === null ? ['--last'] : ['--from', base, '--to', 'HEAD'];
  const cli = join(ROOT, 'node_modules', '@commitlint', 'cli', 'cli.js');
  const outcome = await runCommand(process.execPath, [cli, ...range], { cwd: ROOT });
  process.stderr.write(outcome.stdout + outcome.stderr);
  return outcome.code ?? 1;
}

/**
 * @param {string[]} selection
 * @param {string[]} targets
 */
async function runNx(selection, targets) {
  const startedAt = Date.now();
  const child = spawn(process.execPath, [NX, ...selection, '-t', ...targets], {
    cwd: ROOT,
    env: { ...process.env, ...NX_ENVIRONMENT },
    stdio: 'inherit'
  });
  const [code] = await once(child, 'exit');
  console.log(`${code === 0 ? 'Passed' : 'Failed'} in ${((Date.now() - startedAt) / 1000).toFixed(1)} s.`);
  return code ?? 1;
}

try {
  process.exitCode = await check(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
