#!/usr/bin/env node
// @ts-check
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { buildProjects } from './build.mjs';
import { installDependencies, ROOT } from './install.mjs';
import { findN8n } from './n8n/n8n.packages.mjs';
import { runCommand } from './process/command.runner.mjs';
import { readReleaseArguments, USAGE } from './release/arguments.codec.mjs';
import { cutRelease, releaseNotes } from './release/changelog.codec.mjs';
import { CleanProject } from './release/clean.project.mjs';
import { PACKAGE_CHECKS } from './release/package.checks.mjs';
import { buildPython } from './release/python.distributions.mjs';
import { packPackages } from './release/release.packages.mjs';
import { plannedVersions } from './release/version.places.mjs';
import { Progress } from './terminal/progress.mjs';

/** @typedef {import('./release/arguments.codec.mjs').ReleaseArguments} ReleaseArguments */

const CHANGELOG = join(ROOT, 'CHANGELOG.md');
const CLIENT_VERSION = join(ROOT, 'tools', 'release', 'client-version.mjs');
const progress = new Progress();

/** @param {ReleaseArguments} release */
async function main(release) {
  const staging = mkdtempSync(join(tmpdir(), 'wabus-release-'));
  try {
    await checkTree(release);
    await optional(release, 'the changelog', async () => void nextChangelog(release));
    writeVersions(release);
    await installDependencies(progress);
    await buildProjects(progress);
    await refreshClientVersion(release);
    await checkClientVersion(release);
    await runTests(release);
    const out = resolve(release.out);
    const packed = await inStep('packing', () => packPackages(ROOT, { staging, out, version: release.version }));
    const n8n = process.env['WABUS_TEST_N8N'] ?? (release.skipTests ? null : await findN8n(process.env, () => undefined).catch(() => null));
    const project = new CleanProject(mkdtempSync(join(tmpdir(), 'wabus-clean-')));
    try {
      await inStep('installing the packages in a clean project', () => project.install(packed, { root: ROOT, registry: release.registry }));
      for (const { title, run } of PACKAGE_CHECKS) await inStep(title, () => run({ project, root: ROOT, version: release.version, n8n }));
    } finally {
      rmSync(project.folder, { recursive: true, force: true });
    }
    const python = await optional(release, 'the client for Python', () => buildPython(ROOT, { staging, out, version: release.version }));
    await commitAndTag(release, staging);
    printPublishing(release, [...packed.map(({ archive }) => archive)], python ?? []);
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

/** @param {string[]} args */
async function git(...args) {
  const { code, stdout, stderr, error } = await runCommand('git', args, { cwd: ROOT });
  if (code !== 0) throw new Error(`git ${args[0]}: ${error ?? stderr.trim()}`);
  return stdout.trim();
}

/**
 * @template T
 * @param {string} title
 * @param {() => Promise<T>} run
 * @returns {Promise<T>}
 */
async function inStep(title, run) {
  const step = progress.step(title);
  try {
    const result = await run();
    step.done(typeof result === 'string' ? `${title}: ${result}` : title);
    return result;
  } catch (error) {
    step.fail(title);
    throw error;
  }
}

/**
 * Runs a step that a release requires but whose failure a dry run only reports.
 * @template T
 * @param {ReleaseArguments} release
 * @param {string} title
 * @param {() => Promise<T>} run
 * @returns {Promise<T | undefined>}
 */
async function optional({ dryRun }, title, run) {
  if (!dryRun) return inStep(title, run);
  const step = progress.step(title);
  return run().then(
    result => {
      step.done(title);
      return result;
    },
    error => {
      step.warn(`${title}: ${error instanceof Error ? error.message : error}`);
      return undefined;
    }
  );
}

/** @param {ReleaseArguments} release */
const checkTree = release =>
  optional(release, 'the tree is clean', async () => {
    const changed = await git('status', '--porcelain');
    if (changed !== '') throw new Error(`commit or remove these first:\n${changed}`);
    if ((await git('tag', '--list', `v${release.version}`)) !== '') throw new Error(`the tag v${release.version} exists`);
  });

/**
 * Builds in the current version of WhatsApp Web. If the version cannot be read, `checkClientVersion` decides whether the built-in one is recent
 * enough.
 * @param {ReleaseArguments} release
 */
async function refreshClientVersion({ dryRun }) {
  const title = 'the newest version of WhatsApp Web';
  if (dryRun) return progress.line(`would read ${title} and build it in`);
  const step = progress.step(title);
  const { code, stdout, stderr } = await runCommand(process.execPath, [CLIENT_VERSION, '--refresh']);
  if (code !== 0) return step.warn(`${title}: ${stderr.trim()}`);
  step.done(`${title}: ${stdout.trim()}`);
  await buildProjects(progress);
}

/** @param {ReleaseArguments} release */
const checkClientVersion = release =>
  optional(release, 'the built-in version of WhatsApp Web', async () => {
    const { code, stderr } = await runCommand(process.execPath, [CLIENT_VERSION]);
    if (code !== 0) throw new Error(stderr.trim());
  });

/** @param {ReleaseArguments} release */
function writeVersions({ version, dryRun }) {
  const files = plannedVersions(ROOT, version);
  progress.line(`${dryRun ? 'would change' : 'changes'} ${files.length} files${files.map(({ file }) => `\n    ${file}`).join('')}`);
  if (dryRun) return;
  writeFileSync(CHANGELOG, nextChangelog({ version }));
  for (const { file, text } of files) writeFileSync(join(ROOT, file), text);
}

/** @param {{ version: string }} release */
function nextChangelog({ version }) {
  return cutRelease(readFileSync(CHANGELOG, 'utf8'), { version, date: new Date().toISOString().slice(0, 10) });
}

/** @param {ReleaseArguments} release */
async function runTests({ skipTests }) {
  const notices = [join(ROOT, 'tools', 'release', 'third-party.notices.mjs'), '--check'];
  await inStep('third-party notices', () => succeed(process.execPath, notices));
  if (skipTests) progress.step('tests').skip('tests: skipped');
  else await inStep('npm test', () => succeed('npm', ['test']));
}

/** @param {string} command @param {string[]} args */
async function succeed(command, args) {
  const { code, stdout, stderr, error } = await runCommand(command, args, { cwd: ROOT });
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} failed: ${error ?? `${stdout}\n${stderr}`.trim().slice(-4_000)}`);
}

/** @param {ReleaseArguments} release @param {string} staging */
async function commitAndTag({ version, dryRun }, staging) {
  if (dryRun) return progress.line(`would commit "chore: release ${version}" and tag v${version}`);
  await inStep(`the commit and the tag v${version}`, async () => {
    if ((await git('status', '--porcelain')) !== '') await git('commit', '--all', '--message', `chore: release ${version}`);
    const notes = join(staging, 'notes.md');
    writeFileSync(notes, `Wabus ${version}\n\n${releaseNotes(readFileSync(CHANGELOG, 'utf8'), version)}\n`);
    // Without `verbatim`, git would remove the headings as comments.
    await git('tag', '--annotate', `v${version}`, '--cleanup=verbatim', '--file', notes);
  });
}

/** @param {ReleaseArguments} release @param {string[]} archives @param {string[]} python */
function printPublishing({ version, dryRun }, archives, python) {
  const image = (/** @type {string} */ target) =>
    `docker build --file deploy/Dockerfile --target ${target} --build-arg WABUS_REVISION=$(git rev-parse HEAD) --tag ghcr.io/wabus/${target}:${version} --push .`;
  const lines = [
    `git push origin HEAD v${version}`,
    ...archives.map(archive => `npm publish --access public --provenance ${archive}`),
    ...(python.length === 0 ? [] : [`python3 -m twine upload ${python.join(' ')}`]),
    ...['connector', 'connector-media', 'edge', 'simulator'].map(image),
    `helm package deploy/helm/wabus --destination dist/charts && helm push dist/charts/wabus-${version}.tgz oci://ghcr.io/wabus/charts`
  ];
  progress.line(`\n${dryRun ? 'A release would then be published with:' : 'Publish it with:'}\n\n${lines.join('\n')}`);
}

/** @returns {ReleaseArguments | null} */
function readArguments() {
  try {
    return readReleaseArguments(process.argv.slice(2));
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n\n${USAGE}`);
    process.exit(2);
  }
}

const release = readArguments();
if (release === null) console.log(USAGE);
else
  await main(release).catch(error => {
    console.error(`✗ ${error instanceof Error ? error.message : error}`);
    if (!release.dryRun) console.error('Nothing was tagged. `git restore .` undoes the changes.');
    process.exitCode = 1;
  });
