#!/usr/bin/env node
// @ts-check

import { join, resolve } from 'node:path';
import { buildProjects } from './build.mjs';
import { installDependencies, ROOT } from './install.mjs';
import { findNatsServer } from './nats-server.mjs';
import { watchParent } from './process/parent.watch.mjs';
import { Progress } from './terminal/progress.mjs';
import { runForeground } from './test/test.runners.mjs';

const USAGE = `npm run bench -- [--json FILE] [--only NAME,NAME] [--seconds N] [--rounds N] [--sessions N] [--profile DIR]
What a message costs, beside a stock Baileys socket measured in the same run. See docs/operations/performance.md.

  --json FILE     write all figures with their single rounds
  --only NAMES    inbound, inbound-group, outbound, latency, memory, sessions, start
  --seconds N     length of one round of load, about (default 3)
  --rounds N      rounds per figure, of which the median counts (default 5)
  --sessions N    how many sessions "many" are (default 100)
  --profile DIR   CPU profiles of the connectors, for node --cpu-prof's readers`;

async function main() {
  const args = process.argv.slice(2);
  if (args.includes('--help')) return console.log(USAGE);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(130));
  watchParent(() => process.exit(130));
  const progress = new Progress();
  await installDependencies(progress);
  const server = await findNatsServer(progress, { binaryOnly: true });
  await buildProjects(progress);
  const ours = Object.entries(process.env).filter(([name]) => !name.startsWith('WABUS_'));
  const binary = server.kind === 'binary' ? { WABUS_NATS_SERVER_BIN: server.path } : {};
  // The runner starts in the root of the repository, not where the user is.
  for (const flag of ['--json', '--profile']) {
    const value = args.indexOf(flag) + 1;
    if (value > 0 && args[value]) args[value] = resolve(process.env['INIT_CWD'] ?? '.', args[value]);
  }
  const main = join(ROOT, 'apps', 'e2e', 'dist', 'bench', 'main.js');
  const env = { ...Object.fromEntries(ours), ...binary, WABUS_TEST_NATS: 'binary' };
  process.exitCode = (await runForeground(process.execPath, ['--disable-warning=ExperimentalWarning', main, ...args], { env })) ?? 1;
}

await main();
