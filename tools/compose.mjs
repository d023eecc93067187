#!/usr/bin/env node
// @ts-check
// Prepares the secrets and the .env for docker-compose.yml, and starts the services. Existing secrets stay unchanged.
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { composeEnvironment } from './compose/compose-environment.policy.mjs';
import { readComposeArguments, USAGE } from './compose/arguments.codec.mjs';
import { ROOT } from './install.mjs';
import { passwordVariable, ROLES } from './nats/role.permissions.mjs';
import { failureOf, findOnPath, runCommand } from './process/command.runner.mjs';
import { openDataFolder } from './start/data-folder.mjs';
import { releaseOf } from './release/version.places.mjs';
import { Progress } from './terminal/progress.mjs';

/**
 * Creates the files that docker-compose.yml needs in a folder: `.wabus` with the secrets, `.env` with everything else.
 * @param {string} folder the folder of docker-compose.yml
 * @param {import('./compose/arguments.codec.mjs').ComposeArguments} options
 */
export function prepareCompose(folder, options) {
  const data = openDataFolder(join(folder, '.wabus'));
  const passwords = ROLES.map(role => `${passwordVariable(role)}=${readFileSync(data.natsPasswordFiles[role], 'utf8').trim()}`);
  writeFileSync(join(data.path, 'nats.env'), `${passwords.join('\n')}\n`, { mode: 0o600 });
  const file = join(folder, '.env');
  const before = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const user = `${process.getuid?.() ?? 1000}:${process.getgid?.() ?? 1000}`;
  const version = releaseOf(ROOT);
  writeFileSync(file, composeEnvironment(before, { ...options, user, version }), { mode: 0o600 });
  // `writeFileSync` does not change the mode of an existing file.
  chmodSync(file, 0o600);
}

async function main() {
  const options = readComposeArguments(process.argv.slice(2));
  if (options.help) return console.log(USAGE);
  const progress = new Progress();
  prepareCompose(ROOT, options);
  progress.line('✓ secrets are in .wabus, settings in .env');
  const command = ['compose', 'up', '--build', '--detach', '--wait', ...options.scale.flatMap(scale => ['--scale', scale])];
  const docker = findOnPath('docker');
  const engine = docker === null ? null : await runCommand(docker, ['info'], { timeoutMs: 20_000 });
  if (options.prepareOnly || engine === null || engine.code !== 0) {
    if (!options.prepareOnly) progress.line(`– Docker was not started: ${engine === null ? 'docker is not installed' : failureOf(engine)}`);
    return progress.line(`Start it with: docker ${command.join(' ')}`);
  }
  const step = progress.step('building and starting containers');
  const started = await runCommand(String(docker), command, { cwd: ROOT, timeoutMs: 1_800_000 });
  if (started.code !== 0) {
    step.fail();
    throw new Error(failureOf(started));
  }
  step.done('containers are healthy');
  progress.line(options.domain === null ? 'The console: http://127.0.0.1:3000' : `The console: https://${options.domain}`);
  progress.line('Its token: .wabus/access-token');
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    await main();
  } catch (error) {
    console.error(`✗ ${error instanceof Error ? error.message : error}`);
    process.exitCode = 1;
  }
}
