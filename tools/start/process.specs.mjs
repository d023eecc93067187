// @ts-check
import { join } from 'node:path';
import { ROOT } from '../install.mjs';
import { runCommand } from '../process/command.runner.mjs';
import { probeServer } from '../nats/remote-server.probe.mjs';

/** @typedef {import('./supervised.process.mjs').ProcessSpec} ProcessSpec */
/** @typedef {import('./data-folder.mjs').DataFolder} DataFolder */
/** @typedef {import('../nats/role.permissions.mjs').Role} Role */

const HOST = '127.0.0.1';

/**
 * The embedded NATS server, from the binary or as a container.
 * @param {Exclude<import('../nats/nats-server.search.mjs').NatsServer, { kind: 'url' }>} server
 * @param {DataFolder} folder
 * @param {number} port
 * @returns {ProcessSpec}
 */
export function natsSpec(server, folder, port) {
  const common = {
    name: 'nats-server',
    env: process.env,
    logFile: join(folder.logs, 'nats-server.log'),
    isReady: async () => (await probeServer(`${HOST}:${port}`)) !== '',
    stopLimitMs: 10_000
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
    // Killing the client does not end the container.
    afterEnd: async () => void (await runCommand('docker', ['rm', '--force', name], { timeoutMs: 20_000 }))
  };
}

export const CONTAINER_PORT = 4222;
export const CONTAINER_STORE = '/data';
const CONTAINER_CONFIGURATION = '/etc/nats/wabus.conf';

/**
 * What the processes of one installation have in common.
 * @typedef {{ folder: DataFolder, nats: { url: string, passwordFiles: Record<Role, string> | null, eventsMaxBytes: number | null }, apps: string }} Installation
 * `apps` is the folder that holds the apps
 */

/**
 * A server that someone else runs keeps the variables it was named with.
 * @param {Installation['nats']} nats
 * @param {Role} role
 */
function natsEnvironment({ url, passwordFiles, eventsMaxBytes }, role) {
  /** @type {Record<string, string>} */
  const env = { WABUS_NATS_URL: url };
  if (passwordFiles !== null) {
    Object.assign(env, { WABUS_NATS_TOKEN: '', WABUS_NATS_TOKEN_FILE: '', WABUS_NATS_USER: role });
    Object.assign(env, { WABUS_NATS_PASSWORD: '', WABUS_NATS_PASSWORD_FILE: passwordFiles[role] });
  }
  if (eventsMaxBytes !== null) env['WABUS_EVENTS_MAX_BYTES'] = process.env['WABUS_EVENTS_MAX_BYTES'] || String(eventsMaxBytes);
  return env;
}

/**
 * @param {Installation} installation
 * @param {{ number: number, port: number, simulator: { url: string, rootPublicKey: string } | null }} options
 * @returns {ProcessSpec}
 */
export function connectorSpec({ folder, nats, apps }, { number, port, simulator }) {
  return nodeSpec(`connector-${number}`, folder, {
    main: join(apps, 'connector', 'dist', 'main.js'),
    port,
    stopLimitMs: 15_000,
    env: {
      ...natsEnvironment(nats, 'connector'),
      WABUS_CONNECTOR_ID: `c${number}`,
      WABUS_CONNECTOR_PORT: String(port),
      WABUS_AUTH_KEY_FILE: folder.authKeyFile,
      ...(simulator ? { WABUS_SIMULATOR_URL: simulator.url, WABUS_SIMULATOR_ROOT_KEY: simulator.rootPublicKey } : {})
    }
  });
}

/**
 * @param {Installation} installation
 * @param {{ number: number, port: number }} options
 * @returns {ProcessSpec}
 */
export function edgeSpec({ folder, nats, apps }, { number, port }) {
  return nodeSpec(`edge-${number}`, folder, {
    main: join(apps, 'edge', 'dist', 'main.js'),
    port,
    stopLimitMs: 10_000,
    env: {
      ...natsEnvironment(nats, 'edge'),
      WABUS_EDGE_HOST: HOST,
      WABUS_EDGE_PORT: String(port),
      WABUS_ACCESS_TOKEN_FILE: folder.accessTokenFile
    }
  });
}

/**
 * Brings the settings of streams and buckets up to date: what the roles of the processes may not do.
 * @param {Installation} installation
 * @throws {Error} with what the server said
 */
export async function provisionStreams({ nats }) {
  const main = join(ROOT, 'libs', 'broker', 'dist', 'provision', 'main.js');
  const env = { ...process.env, ...natsEnvironment(nats, 'admin') };
  const { code, error, stderr } = await runCommand(process.execPath, [main], { env, timeoutMs: 20_000 });
  if (code !== 0) throw new Error(`the streams cannot be prepared: ${error ?? stderr.trim()}`);
}

/**
 * @param {Installation} installation
 * @param {{ port: number, controlPort: number }} options
 * @returns {ProcessSpec}
 */
export function simulatorSpec({ folder, apps }, { port, controlPort }) {
  const args = ['--port', String(port), '--control-port', String(controlPort), '--state-file', folder.simulatorState];
  return {
    name: 'simulator',
    command: process.execPath,
    args: [join(apps, 'simulator', 'dist', 'main.js'), ...args],
    env: process.env,
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

/** The folder of the apps; another one in tests of the start itself. */
export const APPS = process.env['WABUS_APPS_FOLDER'] || join(ROOT, 'apps');

/**
 * @param {string} name
 * @param {DataFolder} folder
 * @param {{ main: string, port: number, stopLimitMs: number, env: Record<string, string> }} options
 * @returns {ProcessSpec}
 */
function nodeSpec(name, folder, { main, port, stopLimitMs, env }) {
  return {
    name,
    command: process.execPath,
    args: ['--enable-source-maps', main],
    env: { ...process.env, WABUS_LOG_LEVEL: process.env['WABUS_LOG_LEVEL'] || 'info', ...env },
    logFile: join(folder.logs, `${name}.log`),
    isReady: async () => {
      const response = await fetch(`http://${HOST}:${port}/health/ready`, { signal: AbortSignal.timeout(2_000) });
      await response.arrayBuffer();
      return response.status === 200;
    },
    stopLimitMs
  };
}
