#!/usr/bin/env node
// @ts-check
// Creates the data folder of an installation at a given commit, with data of every stored kind, and packs it.
//
//   node tools/state/make-fixture.mjs COMMIT NAME [--tree DIR]
//
// The archive is tools/state/fixtures/NAME.tar.gz. With --tree, the commit must be checked out in that folder; otherwise a worktree is created
// for it.
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../install.mjs';
import { findNatsServer } from '../nats-server.mjs';
import { runCommand } from '../process/command.runner.mjs';
import { choosePorts } from '../start/ports.mjs';
import { Progress } from '../terminal/progress.mjs';
import { fill } from './fixture.story.mjs';
import { RunningInstallation } from './running.installation.mjs';

/** Not stored data: written again at each start, or part of one run only. */
const LEFT_OUT = ['logs', 'nats-server.conf', 'start.lock', 'start.lock.draft'];

const [commit, name, flag, given] = process.argv.slice(2);
if (!commit || !name || (flag !== undefined && (flag !== '--tree' || !given))) {
  console.error('node tools/state/make-fixture.mjs COMMIT NAME [--tree DIR]');
  process.exit(2);
}

/** @param {string} command @param {string[]} args */
async function run(command, args) {
  const { code, stdout, stderr, error } = await runCommand(command, args, { timeoutMs: 120_000 });
  if (code !== 0) throw new Error(`${command} ${args.join(' ')}: ${error ?? stderr}`);
  return stdout.trim();
}

const folder = mkdtempSync(join(tmpdir(), 'wabus-state-'));
const tree = given ?? join(folder, 'tree');
const data = join(folder, 'data');
try {
  if (given === undefined) await run('git', ['-C', ROOT, 'worktree', 'add', '--detach', tree, commit]);
  const server = await findNatsServer(new Progress(), { binaryOnly: true });
  if (server.kind === 'binary') process.env['WABUS_NATS_SERVER_BIN'] = server.path;
  const [port = 0] = await choosePorts(1);
  const installation = new RunningInstallation({ tree, data, port });
  try {
    // A new worktree is installed and built first.
    await installation.ready(given === undefined ? 600_000 : 180_000);
    const expected = { commit, ...(await fill(installation)) };
    const code = await installation.stop();
    if (code !== 0) throw new Error(`it ended with code ${code}:\n${installation.output}`);
    for (const left of LEFT_OUT) rmSync(join(data, left), { recursive: true, force: true });
    writeFileSync(join(data, 'expected.json'), JSON.stringify(expected, null, 2));
  } finally {
    if (installation.child.exitCode === null) await installation.stop();
  }
  const archive = join(ROOT, 'tools', 'state', 'fixtures', `${name}.tar.gz`);
  mkdirSync(join(archive, '..'), { recursive: true });
  await run('tar', ['-czf', archive, '-C', data, '--owner=0', '--group=0', '.']);
  console.log(`${archive}: ${Math.ceil(statSync(archive).size / 1024)} KiB`);
} finally {
  if (given === undefined) await run('git', ['-C', ROOT, 'worktree', 'remove', '--force', tree]).catch(() => undefined);
  rmSync(folder, { recursive: true, force: true });
}
