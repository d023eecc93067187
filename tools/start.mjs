#!/usr/bin/env node
// @ts-check
import { readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { buildProjects } from './build.mjs';
import { runDemo } from './demo/demo.mjs';
import { SimulatorClient } from './demo/simulator.client.mjs';
import { installDependencies, ROOT } from './install.mjs';
import { findNatsServer } from './nats-server.mjs';
import { watchParent } from './process/parent.watch.mjs';
import { withoutCredentials } from './nats/remote-server.probe.mjs';
import { parseArguments, USAGE } from './start/arguments.codec.mjs';
import { eventsLimit, openDataFolder, recall, remember } from './start/data-folder.mjs';
import { EdgeClient } from './start/edge.client.mjs';
import { claimFolder } from './start/folder.lock.mjs';
import { natsConfiguration } from './start/nats-server.configuration.mjs';
import { choosePorts, requireFreePorts } from './start/ports.mjs';
import {
  APPS,
  connectorSpec,
  CONTAINER_PORT,
  CONTAINER_STORE,
  edgeSpec,
  natsSpec,
  provisionStreams,
  simulatorSpec
} from './start/process.specs.mjs';
import { ProcessTree } from './start/process.tree.mjs';
import { showQr } from './start/qr.screen.mjs';
import { stopSignalHandler } from './start/stop.signals.mjs';
import { Progress } from './terminal/progress.mjs';

/** @typedef {import('./start/arguments.codec.mjs').StartOptions} StartOptions */
/** @typedef {import('./start/folder.lock.mjs').FolderLock} FolderLock */
/** @typedef {import('./start/data-folder.mjs').DataFolder} DataFolder */

const SESSION = 'default';
const startedAt = Date.now();
const progress = new Progress();

/** One run: everything that `npm start` has started, and how it ends. */
class Run {
  /** @type {ProcessTree | null} */
  tree = null;
  /** @type {FolderLock | null} */
  lock = null;
  stopped = new AbortController();

  /** Stops everything in order and ends this process. @param {number} exitCode */
  async end(exitCode) {
    if (this.stopped.signal.aborted) return;
    this.stopped.abort();
    await this.tree?.stop(names => progress.line(`stopping ${names}`));
    this.lock?.release();
    if (this.tree) progress.line('✓ stopped');
    process.exit(exitCode);
  }

  /** Ends everything at once. */
  force() {
    progress.line('stopping at once');
    this.tree?.kill();
    this.lock?.release();
    process.exit(130);
  }
}

/**
 * Everything from a bare clone to a serving edge.
 * @param {StartOptions} options
 * @param {Run} run
 */
async function start(options, run) {
  const folder = openDataFolder(options.dataFolder);
  run.lock = await claimFolder(folder.lock, text => progress.line(text));
  await requireFreePorts(options.port, options.edges);
  await installDependencies(progress);
  if (APPS === join(ROOT, 'apps')) await buildProjects(progress);
  const tree = new ProcessTree(run.lock, text => progress.line(text));
  run.tree = tree;
  const nats = await startNats(tree, folder);
  const simulator = options.demo ? await startSimulator(tree, folder) : null;

  const installation = { folder, nats, apps: APPS };
  const healthPorts = await choosePorts(options.connectors);
  const connectors = healthPorts.map((port, index) => connectorSpec(installation, { number: index + 1, port, simulator }));
  const edges = Array.from({ length: options.edges }, (_, index) =>
    edgeSpec(installation, { number: index + 1, port: options.port + index })
  );
  // An own server only, and the real apps only: the tests of the start bring stand-ins.
  if (nats.passwordFiles !== null && APPS === join(ROOT, 'apps')) await provisionStreams(installation);
  await startStages(tree, `${countOf(options.connectors, 'connector')} and ${countOf(options.edges, 'edge')}`, [connectors, edges]);

  const url = `http://127.0.0.1:${options.port}`;
  run.lock.setUrl(url);
  const edge = new EdgeClient(url, folder.accessTokenFile);
  const sessions = await edge.listSessions();
  if (sessions.length === 0) {
    await edge.createSession(SESSION);
    progress.line(`✓ session ${SESSION} created`);
  }
  printSummary(options, folder, nats);
  const { signal } = run.stopped;
  if (simulator) await runDemo({ edge, url, session: SESSION, simulator, progress, signal, tokenFile: shorten(folder.accessTokenFile) });
  else await showQr(edge, SESSION, { progress, signal });
}

/**
 * @param {ProcessTree} tree
 * @param {DataFolder} folder
 * @returns {Promise<import('./start/process.specs.mjs').Installation['nats']>}
 */
async function startNats(tree, folder) {
  const server = await findNatsServer(progress);
  if (server.kind === 'url') return { url: server.url, passwordFiles: null, eventsMaxBytes: null };
  const remembered = recall(folder);
  const [port = 0] = await choosePorts(1, [Number(remembered['natsPort'])].filter(Boolean));
  const eventsMaxBytes = Number(remembered['eventsMaxBytes']) || eventsLimit(folder.natsStore);
  remember(folder, { ...remembered, natsPort: port, eventsMaxBytes });
  const inContainer = server.kind === 'docker';
  writeFileSync(
    folder.natsConfiguration,
    natsConfiguration({
      host: inContainer ? '0.0.0.0' : '127.0.0.1',
      port: inContainer ? CONTAINER_PORT : port,
      storeFolder: inContainer ? CONTAINER_STORE : folder.natsStore,
      passwords: readPasswords(folder)
    }),
    { mode: 0o600 }
  );
  await startStages(tree, 'nats-server', [[natsSpec(server, folder, port)]]);
  return { url: `nats://127.0.0.1:${port}`, passwordFiles: folder.natsPasswordFiles, eventsMaxBytes };
}

/** @param {DataFolder} folder */
function readPasswords({ natsPasswordFiles }) {
  const entries = Object.entries(natsPasswordFiles).map(([role, file]) => [role, readFileSync(file, 'utf8').trim()]);
  return /** @type {Record<import('./nats/role.permissions.mjs').Role, string>} */ (Object.fromEntries(entries));
}

/**
 * @param {ProcessTree} tree
 * @param {DataFolder} folder
 */
async function startSimulator(tree, folder) {
  // Fixed for the whole run: a simulator that is started again must be where the connectors look for it.
  const [port = 0, controlPort = 0] = await choosePorts(2);
  const spec = simulatorSpec({ folder, nats: { url: '', passwordFiles: null, eventsMaxBytes: null }, apps: APPS }, { port, controlPort });
  const [supervised] = await startStages(tree, 'simulator', [[spec]]);
  return SimulatorClient.fromOutput(supervised?.output() ?? '');
}

/**
 * Starts stages side by side: the first stops last.
 * @param {ProcessTree} tree
 * @param {string} what
 * @param {import('./start/supervised.process.mjs').ProcessSpec[][]} stages
 */
async function startStages(tree, what, stages) {
  const step = progress.step(`starting ${what}`);
  try {
    const started = await Promise.all(stages.map(specs => tree.startStage(specs)));
    step.done(`${what} ready`);
    return started.flat();
  } catch (error) {
    step.fail(`${what} did not start`);
    throw error;
  }
}

/**
 * @param {number} count
 * @param {string} noun
 */
function countOf(count, noun) {
  return count === 1 ? noun : `${count} ${noun}s`;
}

/**
 * @param {StartOptions} options
 * @param {DataFolder} folder
 * @param {import('./start/process.specs.mjs').Installation['nats']} nats
 */
function printSummary(options, folder, nats) {
  const edges = Array.from({ length: options.edges }, (_, index) => `http://127.0.0.1:${options.port + index}`);
  progress.line(
    [
      '',
      `Wabus is ready after ${((Date.now() - startedAt) / 1000).toFixed(1)} s. Ctrl-C stops all of it.`,
      `  edge          ${edges.join('  ')}`,
      `  access token  in ${shorten(folder.accessTokenFile)}`,
      `  logs          in ${shorten(folder.logs)}`,
      `  NATS          ${withoutCredentials(nats.url)}${nats.passwordFiles === null ? '' : `, user service, password in ${shorten(nats.passwordFiles.service)}`}`,
      ''
    ].join('\n')
  );
}

/** @param {string} path */
function shorten(path) {
  const short = relative(process.cwd(), path);
  return short.startsWith('..') ? path : short;
}

async function main() {
  /** @type {StartOptions} */
  let options;
  try {
    options = parseArguments(process.argv.slice(2), ROOT);
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n\n${USAGE}`);
    process.exit(2);
  }
  if (options.help) return console.log(USAGE);
  const run = new Run();
  const onSignal = stopSignalHandler({ onStop: () => void run.end(0), onForce: () => run.force() });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, onSignal);
  watchParent(() => void run.end(0));
  try {
    await start(options, run);
  } catch (error) {
    if (run.stopped.signal.aborted) return;
    console.error(`\n${error instanceof Error ? error.message : error}`);
    await run.end(1);
  }
}

await main();
