#!/usr/bin/env node
// @ts-check
import { readdirSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import { findCertutil, findChromium } from './browser/chromium.search.mjs';
import { buildProjects } from './build.mjs';
import { CHECKS, NX, NX_ENVIRONMENT } from './check/nx.targets.mjs';
import { findDatabasePrograms } from './debian/database.programs.mjs';
import { findFfmpeg } from './debian/ffmpeg.program.mjs';
import { findPromtool } from './debian/promtool.program.mjs';
import { installDependencies, ROOT } from './install.mjs';
import { findN8n } from './n8n/n8n.packages.mjs';
import { findNatsServer } from './nats-server.mjs';
import { findPythonClient } from './python/socketio.packages.mjs';
import { runCommand } from './process/command.runner.mjs';
import { watchParent } from './process/parent.watch.mjs';
import { findS3rver } from './s3/s3rver.packages.mjs';
import { nodeVersionFault } from './setup/node-version.policy.mjs';
import { findSitePackages } from './site/site.packages.mjs';
import { Progress } from './terminal/progress.mjs';
import { specFiles, tierOf } from './test/spec-file.search.mjs';
import { runInBackground, runJest, runNodeTests, runSpecFiles } from './test/test.runners.mjs';
import { formatTotals, ONE_FAILED, ONE_PASSED, sum } from './test/totals.codec.mjs';

/** @typedef {import('./test/totals.codec.mjs').Totals} Totals */

const USAGE = `npm test                      set-up, build, type check, lint, and all tests
npm test -- --only PATTERN    set-up, build, and the test files whose path matches
npm test -- --node PATH       set-up, build, and the smoke (demo, pairing, receiving, sending, crash, takeover) on another Node.js binary`;

const progress = new Progress();

/**
 * Tests that must pass on every Node.js version that Wabus supports: the product from start to stop, and our changes to Node.js and to
 * libraries.
 */
const SMOKE = [
  'tools/start/demo.int.spec.mjs',
  'apps/connector/src/whatsapp/preload.int.spec.ts',
  'libs/runtime/src/process/process.runner.int.spec.ts'
];

/** The test that copies into external stores: S3 and databases. */
const STORES_SPEC = 'apps/e2e/src/stores/stores.spec.ts';
/** The tests that need database servers. */
const DATABASE_SPECS = ['apps/e2e/src/import/import.spec.ts', STORES_SPEC];
/** The test that needs a browser with a certificate in its store. */
const PASSKEY_SPEC = 'apps/e2e/src/passkey/passkey.spec.ts';
/** The tests that run n8n. */
const N8N_SPECS = ['apps/e2e/src/n8n/n8n.spec.ts', 'tools/n8n/package.int.spec.mjs'];
/** The test that builds the site. */
const SITE_SPEC = 'tools/site/site.int.spec.mjs';
/** The tests of rules for Prometheus. */
const OBSERVABILITY_SPEC = 'tools/deploy/observability.int.spec.mjs';
/** The tests that convert files. */
const FFMPEG_SPECS = [
  'apps/connector/src/media/file-converter.int.spec.ts',
  'apps/e2e/src/media.spec.ts',
  'apps/e2e/src/examples.spec.ts',
  'apps/e2e/src/chatwoot/chatwoot.spec.ts'
];
/** Packages that are not in the lock file. */
const OUTSIDE = [
  { specs: [STORES_SPEC], variable: 'WABUS_TEST_S3RVER', title: 's3rver', find: findS3rver },
  { specs: N8N_SPECS, variable: 'WABUS_TEST_N8N', title: 'n8n', find: findN8n },
  { specs: [SITE_SPEC], variable: 'WABUS_TEST_SITE', title: 'the site generator', find: findSitePackages }
];
const BROWSER_SPECS = [
  'apps/e2e/src/console/console.spec.ts',
  'apps/e2e/src/console/console-bus.spec.ts',
  'apps/e2e/src/console/chats.spec.ts',
  PASSKEY_SPEC
];

/**
 * Runs everything, from a bare clone.
 * @param {string | null} only
 * @returns {Promise<Totals>}
 */
async function test(only) {
  const wanted = (/** @type {string} */ file) => only === null || new RegExp(only).test(file);
  await installDependencies(progress);
  // In parallel with the build: the downloads wait for a registry, and the build needs the CPU.
  const outside = OUTSIDE.filter(({ specs }) => specs.some(wanted)).map(one => ({
    ...one,
    found: outcomeOf(one.find(process.env, () => undefined))
  }));
  const binary = await findNatsServer(progress, { binaryOnly: true }).catch(error => /** @type {Error} */ (error));
  await buildProjects(progress);
  const env = await testEnvironment(binary);
  if (BROWSER_SPECS.some(wanted)) await addProgram(env, 'WABUS_TEST_CHROMIUM', 'Chromium', findChromium);
  if (wanted(PASSKEY_SPEC)) await addProgram(env, 'WABUS_TEST_CERTUTIL', 'certutil', findCertutil);
  if (FFMPEG_SPECS.some(wanted)) await addProgram(env, 'WABUS_TEST_FFMPEG', 'ffmpeg', findFfmpeg);
  if (wanted(OBSERVABILITY_SPEC)) await addProgram(env, 'WABUS_TEST_PROMTOOL', 'promtool', findPromtool);
  if (DATABASE_SPECS.some(wanted)) await addDatabases(env);
  for (const { variable, title, found } of outside) await addOptional(env, variable, { title, found });
  // The checks wait for nothing and the tests wait a lot, so in parallel they take the time of one. `allSettled` waits for both even if one
  // throws.
  const [checks, tests] = await Promise.allSettled([runChecks(only === null ? null : wanted, env), runTests(wanted, env)]);
  return sum([ONE_PASSED, ...[checks, tests].map(part => (part.status === 'fulfilled' ? part.value : failureOf(part.reason)))]);
}

/**
 * Runs the checks that only read the sources. For a subset of the tests, it runs only the matching tests of the lint.
 * @param {((file: string) => boolean) | null} wanted `null` for everything
 * @param {NodeJS.ProcessEnv} env
 */
async function runChecks(wanted, env) {
  const parts = [];
  if (wanted !== null) {
    const specs = lintSpecs().filter(wanted);
    if (specs.length > 0) parts.push(await runPhase('tests of the lint', () => runNodeTests(specs, env)));
    return sum(parts);
  }
  for (const { title, targets } of CHECKS)
    parts.push(await runPhase(title, async () => asTest(await runInBackground(process.execPath, [NX, 'run-many', '-t', ...targets], env))));
  return sum(parts);
}

/**
 * The phases that run in Jest: the number of parallel contexts, and how many files of a tier share a context.
 * Unit tests compute, whereas the others often wait for the processes they start.
 * @type {({ title: string } & Parameters<typeof runSpecFiles>[2])[]}
 */
const PHASES = [
  { title: 'unit tests', workers: 2, sizes: { unit: 60 } },
  { title: 'integration tests', workers: 3, sizes: { int: 12 } },
  // Not in parallel with the broker's tests, which must notice within 50 ms that a server does not respond.
  { title: 'end-to-end tests', workers: 3, sizes: { e2e: 4 } }
];

/**
 * @param {(file: string) => boolean} wanted
 * @param {NodeJS.ProcessEnv} env
 */
async function runTests(wanted, env) {
  const parts = [];
  const files = specFiles(ROOT).filter(wanted);
  for (const { title, ...options } of PHASES) {
    if (files.some(file => tierOf(file) in options.sizes)) parts.push(await runPhase(title, () => runSpecFiles(files, env, options)));
  }
  return sum(parts);
}

/** @param {boolean} succeeded */
const asTest = succeeded => (succeeded ? ONE_PASSED : ONE_FAILED);

/** @param {unknown} reason */
function failureOf(reason) {
  console.error(reason);
  return ONE_FAILED;
}

/**
 * Runs the smoke tests on another Node.js, which also runs everything that they start.
 * @param {string} node the path of the binary
 * @returns {Promise<Totals>}
 */
async function testOnNode(node) {
  const { stdout, error } = await runCommand(node, ['--version'], { timeoutMs: 20_000 });
  if (error !== null || !stdout.startsWith('v'))
    throw new Error(`--node ${node} is not Node.js: ${error ?? (stdout.trim() || 'it prints no version')}`);
  const fault = nodeVersionFault(stdout.trim());
  if (fault) throw new Error(fault);
  await installDependencies(progress);
  const binary = await findNatsServer(progress, { binaryOnly: true });
  await buildProjects(progress);
  const env = await testEnvironment(binary);
  // Programs that are started by name also use this Node.js.
  env['PATH'] = `${dirname(node)}${delimiter}${env['PATH'] ?? ''}`;
  return runPhase(`smoke tests on Node.js ${stdout.trim()}`, () => runJest(['--runInBand', '--verbose', ...SMOKE], env, { node }));
}

/**
 * Returns the environment of the tests: without the developer's own configuration, and with the nats-server that was found.
 * @param {import('./nats/nats-server.search.mjs').NatsServer | Error} binary
 * @returns {Promise<NodeJS.ProcessEnv>}
 */
async function testEnvironment(binary) {
  const ours = Object.entries(process.env).filter(([name]) => !name.startsWith('WABUS_') || name.startsWith('WABUS_TEST_'));
  /** @type {NodeJS.ProcessEnv} */
  const env = { ...Object.fromEntries(ours), ...NX_ENVIRONMENT, CI: process.env['CI'] || 'true' };
  if (!(binary instanceof Error) && binary.kind === 'binary')
    process.env['WABUS_NATS_SERVER_BIN'] = env['WABUS_NATS_SERVER_BIN'] = binary.path;
  const { chooseNatsDriver } = await import(join(ROOT, 'libs', 'testing', 'dist', 'index.js'));
  const choice = await chooseNatsDriver();
  if (choice.driver === 'binary' && binary instanceof Error) throw binary;
  env['WABUS_TEST_NATS'] = choice.driver;
  const python = await findPythonClient(process.env).catch(error => /** @type {Error} */ (error));
  if (python instanceof Error) progress.line(`- no Python client: ${python.message}; its tests are skipped`);
  else Object.assign(env, { WABUS_TEST_PYTHON: python.interpreter, WABUS_TEST_PYTHONPATH: python.pythonPath });
  progress.line(
    `✓ nats-servers of the tests: ${choice.driver === 'binary' ? `from the binary (${choice.reason})` : `through testcontainers, ${choice.image}`}`
  );
  return env;
}

/**
 * Without the program, the tests that need it fail and print the same message.
 * @param {NodeJS.ProcessEnv} env
 * @param {string} variable
 * @param {string} title
 * @param {typeof findChromium} find
 */
async function addProgram(env, variable, title, find) {
  const step = progress.step(`looking for ${title}`);
  try {
    env[variable] = await find(process.env, detail => step.update(`${title}: ${detail}`));
    step.done(`${title}: ${env[variable]}`);
  } catch (error) {
    step.fail(error instanceof Error ? error.message : String(error));
  }
}

/**
 * Without the databases, their tests are skipped.
 * @param {NodeJS.ProcessEnv} env
 */
async function addDatabases(env) {
  const step = progress.step('looking for PostgreSQL, Redis and SQLite');
  try {
    env['WABUS_TEST_DATABASES'] = JSON.stringify(await findDatabasePrograms(detail => step.update(detail)));
    step.done('PostgreSQL, Redis and SQLite');
  } catch (error) {
    step.skip(`no database servers: ${error instanceof Error ? error.message : error}; their tests are skipped`);
  }
}

/**
 * Without the program, its tests are skipped.
 * @param {NodeJS.ProcessEnv} env
 * @param {string} variable
 * @param {{ title: string, found: Promise<string | Error> }} program
 */
async function addOptional(env, variable, { title, found }) {
  const step = progress.step(`looking for ${title}`);
  const outcome = await found;
  if (outcome instanceof Error) step.skip(`no ${title}: ${outcome.message}; its tests are skipped`);
  else {
    env[variable] ??= outcome;
    step.done(`${title}: ${env[variable]}`);
  }
}

/**
 * @param {Promise<string>} search
 * @returns {Promise<string | Error>} never rejects, because a rejection could occur before anything awaits it
 */
function outcomeOf(search) {
  return search.catch(error => (error instanceof Error ? error : new Error(String(error))));
}

function lintSpecs() {
  const folder = join('tools', 'lint');
  return readdirSync(join(ROOT, folder))
    .filter(name => name.endsWith('.spec.mjs'))
    .map(name => join(folder, name));
}

/**
 * @param {string} name
 * @param {() => Promise<Totals>} run
 */
async function runPhase(name, run) {
  console.log(`\n=== ${name}`);
  const startedAt = Date.now();
  const totals = await run();
  console.log(`=== ${name}: ${formatTotals(totals)} in ${((Date.now() - startedAt) / 1000).toFixed(1)} s`);
  return totals;
}

async function main() {
  const [flag, value, ...rest] = process.argv.slice(2);
  if (flag !== undefined && (!['--only', '--node'].includes(flag) || !value || rest.length > 0)) {
    console.error(USAGE);
    process.exit(flag === '--help' ? 0 : 2);
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(130));
  watchParent(() => process.exit(130));
  const running = flag === '--node' ? testOnNode(resolve(value ?? '')) : test(value ?? null);
  const totals = await running.catch(error => {
    console.error(error instanceof Error ? error.message : error);
    return ONE_FAILED;
  });
  process.exitCode = totals.failed > 0 ? 1 : 0;
  console.log(`\n${formatTotals(totals)}`);
}

await main();
