#!/usr/bin/env node
// @ts-check
import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildProjects } from './build.mjs';
import { runDemo } from './demo/demo.mjs';
import { SimulatorClient } from './demo/simulator.client.mjs';
import { installDependencies, ROOT } from './install.mjs';
import { watchParent } from './process/parent.watch.mjs';
import { withoutCredentials } from './nats/remote-server.probe.mjs';
import { commandOf, parseArguments, USAGE } from './start/arguments.codec.mjs';
import { watchBuild } from './start/build.watch.mjs';
import { openDataFolder } from './start/data-folder.mjs';
import { EdgeClient } from './start/edge.client.mjs';
import { claimFolder } from './start/folder.lock.mjs';
import { startNats, startStages } from './start/nats-server.stage.mjs';
import { choosePorts, requireFreePorts, urlOf } from './start/ports.mjs';
import { APPS, connectorSpec, edgeSpec, provisionStreams, simulatorSpec } from './start/process.specs.mjs';
import { ProcessTree } from './start/process.tree.mjs';
import { showQr } from './start/qr.screen.mjs';
import { readStartSettings, unrestrictedToken } from './start/start-settings.policy.mjs';
import { stopSignalHandler } from './start/stop.signals.mjs';
import { watchStorage } from './start/storage.watch.mjs';
import { Progress } from './terminal/progress.mjs';

/** @typedef {import('./start/arguments.codec.mjs').StartArguments} StartArguments */
/** @typedef {import('./start/start-settings.policy.mjs').StartSettings} StartSettings */
/** @typedef {import('./start/folder.lock.mjs').FolderLock} FolderLock */
/** @typedef {import('./start/data-folder.mjs').DataFolder} DataFolder */

const SESSION = 'default';
const startedAt = Date.now();
const progress = new Progress();

/** One run of `npm start`: everything that it has started, and how it ends. */
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

  /** Kills everything immediately. */
  force() {
    progress.line('stopping at once');
    this.tree?.kill();
    this.lock?.release();
    process.exit(130);
  }
}

/**
 * Runs all steps from a bare clone to a serving edge.
 * @param {StartArguments} given
 * @param {Run} run
 */
async function start(given, run) {
  const settings = readStartSettings(given, process.env);
  const folder = openDataFolder(given.dataFolder, given.tokenFolder);
  run.lock = await claimFolder(folder.lock, text => progress.line(text), commandOf(given));
  const { host } = settings.edge;
  if (settings.edge.port === 0) [settings.edge.port = 0] = await choosePorts(1, [], host);
  await requireFreePorts(host, settings.edge.port, given.edges, commandOf(given));
  if (settings.connector.port !== null) await requireFreePorts(settings.connector.host, settings.connector.port, given.connectors);
  await installDependencies(progress);
  if (APPS === join(ROOT, 'apps')) await buildProjects(progress);
  await nameUnknownSettings();
  const tree = new ProcessTree(run.lock, text => progress.line(text), { maxBytes: given.logBytes, keep: given.logFiles });
  run.tree = tree;
  const { nats, server } = await startNats(tree, folder, { sizes: settings.sizes, progress });
  const simulator = given.demo ? await startSimulator(tree, folder) : null;

  const installation = { folder, nats, apps: APPS, settings, isWatched: given.watch };
  const healthPorts = await connectorPorts(settings, given.connectors);
  const connectors = healthPorts.map((port, index) => connectorSpec(installation, { number: index + 1, port, simulator }));
  const edges = Array.from({ length: given.edges }, (_, index) =>
    edgeSpec(installation, { number: index + 1, port: settings.edge.port + index })
  );
  // Only for our own server and the real apps: the tests of `npm start` use replacements for the apps.
  if (nats.passwordFiles !== null && APPS === join(ROOT, 'apps')) await provisionStreams(installation);
  const processes = await startStages(tree, `${countOf(given.connectors, 'connector')} and ${countOf(given.edges, 'edge')}`, {
    stages: [connectors, edges],
    progress
  });
  const { signal } = run.stopped;
  if (server !== null) {
    const healthUrls = [...connectors, ...edges].map(({ healthUrl }) => healthUrl);
    watchStorage({ folder: folder.natsStore, healthUrls, restart: () => server.replace(), tell: text => progress.line(text), signal });
  }

  if (given.watch) await restartOnBuild(processes, signal);

  const url = urlOf(host, settings.edge.port);
  run.lock.setUrl(url);
  const tokenFile = settings.accessTokenFile ?? folder.accessTokenFile;
  const edge = new EdgeClient(url, () => unrestrictedToken(readFileSync(tokenFile, 'utf8')) ?? '');
  const sessions = await edge.listSessions();
  if (sessions.length === 0) {
    await edge.createSession(SESSION);
    progress.line(`✓ session ${SESSION} created`);
  }
  const loginCode = settings.edge.console ? await edge.createLoginCode() : null;
  printSummary({ given, settings, folder, nats, tokenFile, loginCode });
  if (simulator) await runDemo({ edge, url, session: SESSION, simulator, progress, signal, tokenFile: shorten(tokenFile) });
  else await showQr(edge, SESSION, { progress, signal });
}

/**
 * Restarts connectors and edges when their sources have changed and compile. The simulator keeps its accounts.
 * @param {import('./start/supervised.process.mjs').SupervisedProcess[]} processes
 * @param {AbortSignal} signal
 */
function restartOnBuild(processes, signal) {
  let restarting = Promise.resolve();
  /** @param {string[]} apps */
  const restart = async apps => {
    const changed = processes.filter(({ spec }) => apps.some(app => spec.name.startsWith(`${app}-`)));
    const step = progress.step(`restarting ${changed.map(({ spec }) => spec.name).join(', ')}`);
    await Promise.all(changed.map(supervised => supervised.replace()));
    await Promise.all(changed.map(supervised => supervised.awaitReady(60_000)));
    step.done(`${changed.map(({ spec }) => spec.name).join(', ')} restarted`);
  };
  return watchBuild({
    root: dirname(APPS),
    apps: ['connector', 'edge'],
    onBuilt: apps => {
      restarting = restarting
        .then(() => restart(apps))
        .catch(error => progress.line(`✗ ${error instanceof Error ? error.message : error}`));
    },
    tell: text => progress.line(text),
    signal
  });
}

/** Prints the variables that no process recognizes, which have no effect. */
async function nameUnknownSettings() {
  // From the build output, which even a fresh clone has by now.
  const { unknownInEnvironment } = await import(pathToFileURL(join(ROOT, 'libs', 'runtime', 'dist', 'config', 'config.loader.js')).href);
  for (const { name, nearest } of unknownInEnvironment())
    progress.line(`! unknown setting ${name}${nearest === null ? '' : `: did you mean ${nearest}?`}`);
}

/**
 * @param {StartSettings} settings
 * @param {number} count
 */
async function connectorPorts({ connector: { host, port } }, count) {
  return port === null ? await choosePorts(count, [], host) : Array.from({ length: count }, (_, index) => port + index);
}

/**
 * @param {ProcessTree} tree
 * @param {DataFolder} folder
 */
async function startSimulator(tree, folder) {
  // Fixed for the whole run: after a restart, the simulator must have the same ports, because the connectors connect to them.
  const [port = 0, controlPort = 0] = await choosePorts(2);
  const spec = simulatorSpec({ folder, apps: APPS }, { port, controlPort });
  const [supervised] = await startStages(tree, 'simulator', { stages: [[spec]], progress });
  return SimulatorClient.fromOutput(supervised?.output() ?? '');
}

/**
 * @param {number} count
 * @param {string} noun
 */
function countOf(count, noun) {
  return count === 1 ? noun : `${count} ${noun}s`;
}

/**
 * @param {object} facts
 * @param {StartArguments} facts.given
 * @param {StartSettings} facts.settings
 * @param {DataFolder} facts.folder
 * @param {import('./start/process.specs.mjs').Nats} facts.nats
 * @param {string} facts.tokenFile
 * @param {string | null} facts.loginCode
 */
function printSummary({ given, settings, folder, nats, tokenFile, loginCode }) {
  const { host, port } = settings.edge;
  const edges = Array.from({ length: given.edges }, (_, index) => urlOf(host, port + index));
  const everywhere = ['0.0.0.0', '::', '[::]'].includes(host) ? `  and every other address of this machine (${host})` : '';
  progress.line(
    [
      '',
      `Wabus is ready after ${((Date.now() - startedAt) / 1000).toFixed(1)} s. Press Ctrl-C to stop it.`,
      `  edge          ${edges.join('  ')}${everywhere}`,
      ...(settings.edge.console ? consoleLines(edges[0] ?? '', loginCode) : []),
      `  access token  in ${shorten(tokenFile)}`,
      `  logs          in ${shorten(folder.logs)}`,
      `  NATS          ${withoutCredentials(nats.url)}${nats.passwordFiles === null ? '' : `, user service, password in ${shorten(nats.passwordFiles.service)}`}`,
      ''
    ].join('\n')
  );
}

/**
 * Returns the lines that show where the console is and how to log in.
 * @param {string} url
 * @param {string | null} loginCode
 */
function consoleLines(url, loginCode) {
  if (loginCode === null) return [`  console       ${url}/  open in a browser and log in with the access token`];
  return [
    `  console       ${url}/#login=${loginCode}`,
    '                open this link in a browser: it logs you in once, within 10 minutes'
  ];
}

/** @param {string} path */
function shorten(path) {
  const short = relative(process.cwd(), path);
  return short.startsWith('..') ? path : short;
}

async function main() {
  // A closed terminal, or a full disk behind a redirection, must not end the process.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  /** @type {StartArguments} */
  let given;
  try {
    given = parseArguments(process.argv.slice(2), ROOT);
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n\n${USAGE}`);
    process.exit(2);
  }
  if (given.help) return console.log(USAGE);
  const run = new Run();
  const onSignal = stopSignalHandler({ onStop: () => void run.end(0), onForce: () => run.force() });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, onSignal);
  watchParent(() => void run.end(0));
  try {
    await start(given, run);
  } catch (error) {
    if (run.stopped.signal.aborted) return;
    console.error(`\n${error instanceof Error ? error.message : error}`);
    await run.end(1);
  }
}

await main();
