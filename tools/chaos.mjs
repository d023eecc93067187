#!/usr/bin/env node
// @ts-check

import { join, resolve } from 'node:path';
import { buildProjects } from './build.mjs';
import { installDependencies, ROOT } from './install.mjs';
import { findNatsServer } from './nats-server.mjs';
import { watchParent } from './process/parent.watch.mjs';
import { Progress } from './terminal/progress.mjs';
import { runForeground } from './test/test.runners.mjs';

const USAGE = `npm run chaos -- [--json FILE] [--kills N] [--stops N] [--sessions N] [--only takeover,scale-out,faults,cluster,storm]
    storm: [--messages N] [--rate PER-SECOND] [--seed N] [--journal off] [--reader log]
Faults over real processes on this machine, with the timing of production: prints how long each recovery takes beside its target, and whether a storm of
messages lost, doubled or reordered any. With --journal off the storm must lose messages, or it is too weak. --reader log judges by the event log alone.`;

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
  const json = args.indexOf('--json') + 1;
  if (json > 0 && args[json]) args[json] = resolve(process.env['INIT_CWD'] ?? '.', args[json]);
  const main = join(ROOT, 'apps', 'e2e', 'dist', 'chaos', 'main.js');
  const env = { ...Object.fromEntries(ours), ...binary, WABUS_TEST_NATS: 'binary' };
  process.exitCode = (await runForeground(process.execPath, ['--disable-warning=ExperimentalWarning', main, ...args], { env })) ?? 1;
}

await main();
