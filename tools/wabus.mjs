#!/usr/bin/env node
// @ts-check
import { UsageError } from './cli/cli-arguments.codec.mjs';
import { CLI_COMMANDS, overview } from './cli/command.catalog.mjs';
import { buildProjects } from './build.mjs';
import { installDependencies, IN_REPOSITORY, ROOT } from './install.mjs';
import { releaseOf } from './release/version.places.mjs';
import { Progress } from './terminal/progress.mjs';

const [name = '--help', ...args] = process.argv.slice(2);
const command = CLI_COMMANDS[name];

if (['--version', '-v'].includes(name)) console.log(releaseOf(ROOT));
else if (command === undefined) {
  const isHelp = ['--help', '-h', 'help'].includes(name);
  if (isHelp) console.log(overview());
  else console.error(`There is no command ${name}.\n\n${overview()}`);
  process.exitCode = isHelp ? 0 : 2;
} else {
  // The commands' scripts read their arguments in the usual place.
  process.argv = [...process.argv.slice(0, 2), ...(name === 'demo' ? ['--demo'] : []), ...args];
  try {
    if (command.ofRepository && !IN_REPOSITORY)
      throw new UsageError(
        `\`wabus ${name}\` runs Wabus itself. Clone https://github.com/wabus/wabus and run \`npm ${name === 'demo' ? 'run demo' : 'start'}\` there.`
      );
    if (command.needsBuild && IN_REPOSITORY) {
      const progress = new Progress(process.stderr);
      await installDependencies(progress);
      await buildProjects(progress);
    }
    const { run } = await import(new URL(command.module, new URL('cli/', import.meta.url)).href);
    if (run) process.exitCode = (await run(args)) ? 0 : 1;
  } catch (error) {
    console.error(`${error instanceof UsageError ? '' : '✗ '}${error instanceof Error ? error.message : error}`);
    process.exitCode = error instanceof UsageError ? 2 : 1;
  }
}
