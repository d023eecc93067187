#!/usr/bin/env node
// @ts-check
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { buildProjects } from './build.mjs';
import { ROOT } from './install.mjs';
import { findNatsServer } from './nats-server.mjs';
import { Progress } from './terminal/progress.mjs';
import { specFiles, tierOf } from './test/spec-file.search.mjs';
import { JEST } from './test/test.runners.mjs';

const USAGE = `npm run test:one -- PATTERN [JEST OPTIONS]   runs the test files whose path matches
npm run test:one -- PATTERN --watch            runs them again whenever one of their files changes
npm run test:one -- PATTERN --inspect          first waits for a debugger (chrome://inspect)
npm run test:unit                              runs every test that starts no process
                                               --unit or --int before the pattern selects one tier`;

/**
 * Runs the test files that match, and sets up only what they need: unit tests start immediately, the others get a build and a nats-server.
 * @param {string[]} args
 * @returns {Promise<number>} the exit code
 */
async function testOne(args) {
  const tier = ['--unit', '--int'].find(flag => flag === args[0])?.slice(2) ?? null;
  const given = tier === null ? args : args.slice(1);
  const [pattern, ...options] = tier !== null && (given[0] ?? '-').startsWith('-') ? ['', ...given] : given;
  if (pattern === undefined || (pattern === '' && tier === null) || pattern.startsWith('-')) {
    console.error(USAGE);
    return pattern === '--help' ? 0 : 2;
  }
  const files = specFiles(ROOT).filter(file => new RegExp(pattern).test(file) && (tier === null || tierOf(file) === tier));
  if (files.length === 0 && options.includes('--passWithNoTests')) return 0;
  if (files.length === 0) {
    console.error(
      `No test file matches ${pattern}. The pattern is a regular expression over paths such as apps/edge/src/auth/scope.policy.spec.ts.`
    );
    return 2;
  }
  const env = { ...process.env };
  if (files.some(file => tierOf(file) !== 'unit')) {
    const progress = new Progress(process.stderr);
    await buildProjects(progress);
    const server = await findNatsServer(progress, { binaryOnly: true });
    if (server.kind === 'binary') Object.assign(env, { WABUS_NATS_SERVER_BIN: server.path, WABUS_TEST_NATS: 'binary' });
  }
  const inspect = options.includes('--inspect') ? ['--inspect-brk'] : [];
  const projects = [...new Set(files.map(file => (file.startsWith('tools/') ? 'tools' : /** @type {string} */ (file.split('/')[1]))))];
  const jest = options.filter(option => option !== '--inspect');
  const child = spawn(
    process.execPath,
    [
      ...inspect,
      ...JEST,
      '--selectProjects',
      ...projects,
      ...(files.length < 4 ? ['--runInBand'] : []),
      ...jest,
      '--runTestsByPath',
      ...files
    ],
    { cwd: ROOT, env, stdio: 'inherit' }
  );
  const [code] = await once(child, 'exit');
  return code ?? 1;
}

process.exitCode = await testOne(process.argv.slice(2));
