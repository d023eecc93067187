// @ts-check

import { join, resolve } from 'node:path';
import { buildProjects } from '../build.mjs';
import { installDependencies, ROOT } from '../install.mjs';
import { findNatsServer } from '../nats-server.mjs';
import { watchParent } from '../process/parent.watch.mjs';
import { Progress } from '../terminal/progress.mjs';
import { runForeground } from './test.runners.mjs';

/**
 * Sets everything up and runs a measurement program of apps/e2e with the arguments of this process; `--help` prints the usage instead.
 * @param {object} measurement
 * @param {string} measurement.program the folder of its `main.js` below apps/e2e/dist
 * @param {string} measurement.usage
 * @param {readonly string[]} measurement.paths the flags whose values are paths
 * @param {(args: string[], progress: Progress) => Promise<string[]>} [measurement.prepare] returns arguments to add
 */
export async function runMeasurement({ program, usage, paths, prepare = async () => [] }) {
  const args = process.argv.slice(2);
  if (args.includes('--help')) return console.log(usage);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(130));
  watchParent(() => process.exit(130));
  const progress = new Progress();
  await installDependencies(progress);
  const server = await findNatsServer(progress, { binaryOnly: true });
  await buildProjects(progress);
  args.push(...(await prepare(args, progress)));
  const ours = Object.entries(process.env).filter(([name]) => !name.startsWith('WABUS_'));
  const binary = server.kind === 'binary' ? { WABUS_NATS_SERVER_BIN: server.path } : {};
  // The program starts in the root of the repository and not in the user's current folder.
  for (const flag of paths) {
    const value = args.indexOf(flag) + 1;
    if (value > 0 && args[value]) args[value] = resolve(process.env['INIT_CWD'] ?? '.', args[value]);
  }
  const main = join(ROOT, 'apps', 'e2e', 'dist', program, 'main.js');
  const env = { ...Object.fromEntries(ours), ...binary, WABUS_TEST_NATS: 'binary' };
  process.exitCode = (await runForeground(process.execPath, ['--disable-warning=ExperimentalWarning', main, ...args], { env })) ?? 1;
}
