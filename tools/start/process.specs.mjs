// @ts-check
import { dirname, join } from 'node:path';
import { bundleOf } from '../bundle/app.bundle.mjs';
import { ROOT } from '../install.mjs';
import { failureOf, runCommand } from '../process/command.runner.mjs';
import { probeServer } from '../nats/remote-server.probe.mjs';
import { childEnvironment, DOCKER, SETTINGS } from './child.environment.mjs';
import { urlOf } from './ports.mjs';
import { STREAMS } from './storage.plan.mjs';

/** @typedef {import('./supervised.process.mjs').ProcessSpec} ProcessSpec */
/** @typedef {import('./data-folder.mjs').DataFolder} DataFolder */
/** @typedef {import('../nats/role.permissions.mjs').Role} Role */
/** @typedef {import('./storage.plan.mjs').SizedKind} SizedKind */

const HOST = '127.0.0.1';

/**
 * Returns how to run the embedded NATS server, from the binary or as a container.
 * @param {Exclude<import('../nats/nats-server.search.mjs').NatsServer, { kind: 'url' }>} server
 * @param {DataFolder} folder
 * @param {number} port
 * @returns {ProcessSpec}
 */
export function natsSpec(server, folder, port) {
  const common = {
    name: 'nats-server',
    env: childEnvironment(process.env, server.kind === 'docker' ? DOCKER : []),
    logFile: join(folder.logs, 'nats-server.log'),
    isReady: async () => (await probeServer(`${HOST}:${port}`)) !== '',
    stopLimitMs: 10_000,
    outlasts: true
  };
  if (server.kind === 'binary') return { ...common, command: server.path, args: ['--config', folder.natsConfiguration] };
  const name = `wabus-nats-${process.pid}`;
  const user = process.getuid && process.getgid ? ['--user', `${process.getuid()}:${process.getgid()}`] : [];
  const mounts = [
    '--volume',
    `${folder.natsStore}:${CONTAINER_STORE}`,
    '--volume',
    `${folder.natsConfiguration}:${CONTAINER_CONFIGURATION}:ro`
  ];
  return {
    ...common,
    command: 'docker',
    args: [
      'run',
      '--rm',
      '--name',
      name,
      ...user,
      '--publish',
      `${HOST}:${port}:${CONTAINER_PORT}`,
      ...mounts,
      server.image,
      '--config',
      CONTAINER_CONFIGURATION
    ],
    // Killing the Docker client does not stop the container.
    afterEnd: async () => void (await runCommand('docker', ['rm', '--force', name], { timeoutMs: 20_000 }))
  };
}

export const CONTAINER_PORT = 4222;
export const CONTAINER_STORE = '/data';
const CONTAINER_CONFIGURATION = '/etc/nats/wabus.conf';

/**
 * The NATS server of an installation: `sizes` are the sizes of its streams, and `passwordFiles` contain the passwords of its users; both are
 * `null` for an external server.
 * @typedef {{ url: string, passwordFiles: Record<Role, string> | null, sizes: import('./storage.plan.mjs').Sizes | null }} Nats
 */

/**
 * The common properties of an installation's processes. `apps` is the folder that contains the apps, and `isWatched` says whether the compiler
 * watches their sources.
 * @typedef {{ folder: DataFolder, nats: Nats, apps: string, settings: import('./start-settings.policy.mjs').StartSettings, isWatched: boolean }} Installation
 */

/**
 * Returns the variables for NATS. For an external server, the user's own variables stay in effect.
 * @param {Installation['nats']} nats
 * @param {Role} role
 */
function natsEnvironment({ url, passwordFiles, sizes }, role) {
  /** @type {Record<string, string>} */
  const env = { WABUS_NATS_URL: url };
  if (passwordFiles !== null) {
    Object.assign(env, { WABUS_NATS_TOKEN: '', WABUS_NATS_TOKEN_FILE: '', WABUS_NATS_USER: role });
    Object.assign(env, { WABUS_NATS_PASSWORD: '', WABUS_NATS_PASSWORD_FILE: passwordFiles[role] });
  }
  if (sizes !== null)
    for (const [kind, { setting }] of Object.entries(STREAMS)) env[setting] = String(sizes[/** @type {SizedKind} */ (kind)]);
  return env;
}

/**
 * Returns the file that starts an app: its bundle, or the compiler's output if the compiler watches the sources.
 * @param {string} apps the folder of the apps
 * @param {string} app
 * @param {boolean} [isWatched]
 */
const mainOf = (apps, app, isWatched = false) => (isWatched ? join(apps, app, 'dist', 'main.js') : join(dirname(apps), bundleOf(app)));

/**
 * @param {Installation} installation
 * @param {{ number: number, port: number, simulator: { url: string, rootPublicKey: string } | null }} options
 * @returns {ProcessSpec & { healthUrl: string }}
 */
export function connectorSpec({ folder, nats, apps, settings, isWatched }, { number, port, simulator }) {
  const { host, id } = settings.connector;
  return nodeSpec(`connector-${number}`, folder, {
    main: mainOf(apps, 'connector', isWatched),
    url: urlOf(host, port),
    stopLimitMs: 15_000,
    settings: SETTINGS.connector,
    env: {
      ...natsEnvironment(nats, 'connector'),
      WABUS_CONNECTOR_ID: id ?? `c${number}`,
      WABUS_CONNECTOR_HOST: host,
      WABUS_CONNECTOR_PORT: String(port),
      WABUS_AUTH_KEY_FILE: settings.authKeyFile ?? folder.authKeyFile,
      ...(simulator ? { WABUS_SIMULATOR_URL: simulator.url, WABUS_SIMULATOR_ROOT_KEY: simulator.rootPublicKey } : {})
    }
  });
}

/**
 * @param {Installation} installation
 * @param {{ number: number, port: number }} options
 * @returns {ProcessSpec & { healthUrl: string }}
 */
export function edgeSpec({ folder, nats, apps, settings, isWatched }, { number, port }) {
  return nodeSpec(`edge-${number}`, folder, {
    main: mainOf(apps, 'edge', isWatched),
    url: urlOf(settings.edge.host, port),
    stopLimitMs: 10_000,
    settings: SETTINGS.edge,
    env: {
      ...natsEnvironment(nats, 'edge'),
      WABUS_EDGE_HOST: settings.edge.host,
      WABUS_EDGE_PORT: String(port),
      WABUS_ACCESS_TOKEN_FILE: settings.accessTokenFile ?? folder.accessTokenFile
    }
  });
}

/**
 * Updates the settings of streams and buckets, for which the roles of the processes lack the permissions.
 * @param {Installation} installation
 * @throws {Error} with the server's error message
 */
export async function provisionStreams({ nats }) {
  const main = join(ROOT, 'libs', 'broker', 'dist', 'provision', 'main.js');
  const env = childEnvironment(process.env, SETTINGS.connector, natsEnvironment(nats, 'admin'));
  const outcome = await runCommand(process.execPath, [main], { env, timeoutMs: 20_000 });
  if (outcome.code === 0) return;
  const last = outcome.stdout.trim().split('\n').at(-1);
  throw new Error(
    `the streams cannot be prepared: ${outcome.error === null ? failureOf(outcome) : `${outcome.error}${last ? `: ${last}` : ''}`}`
  );
}

/**
 * @param {Pick<Installation, 'folder' | 'apps'>} installation
 * @param {{ port: number, controlPort: number }} options
 * @returns {ProcessSpec}
 */
export function simulatorSpec({ folder, apps }, { port, controlPort }) {
  const args = ['--port', String(port), '--control-port', String(controlPort), '--state-file', folder.simulatorState];
  return {
    name: 'simulator',
    command: process.execPath,
    args: [mainOf(apps, 'simulator'), ...args],
    env: childEnvironment(process.env, []),
    logFile: join(folder.logs, 'simulator.log'),
    isReady: async () => {
      const response = await fetch(`http://${HOST}:${controlPort}/listAccounts`, {
        method: 'POST',
        body: '{}',
        signal: AbortSignal.timeout(2_000)
      });
      await response.arrayBuffer();
      return response.ok;
    },
    stopLimitMs: 5_000
  };
}

/** The folder of the apps; the tests of `npm start` use another one. */
export const APPS = process.env['WABUS_APPS_FOLDER'] || join(ROOT, 'apps');

/**
 * @param {string} name
 * @param {DataFolder} folder
 * @param {{ main: string, url: string, stopLimitMs: number, settings: readonly string[], env: Record<string, string> }} options
 * @returns {ProcessSpec & { healthUrl: string }}
 */
function nodeSpec(name, folder, { main, url, stopLimitMs, settings, env }) {
  const healthUrl = `${url}/health/ready`;
  return {
    name,
    command: process.execPath,
    // The same as in the images: a larger young generation halves the garbage collection time under load.
    args: ['--max-semi-space-size=32', main],
    env: childEnvironment(process.env, settings, env),
    logFile: join(folder.logs, `${name}.log`),
    healthUrl,
    isReady: async () => {
      const response = await fetch(healthUrl, { signal: AbortSignal.timeout(2_000) });
      await response.arrayBuffer();
      return response.status === 200;
    },
    stopLimitMs,
    // A signal of its own, so that it is not mistaken for an impatient second SIGTERM after a signal to all processes.
    stopSignal: 'SIGUSR2'
  };
}
