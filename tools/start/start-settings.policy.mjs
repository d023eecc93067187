// @ts-check
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** @typedef {import('./arguments.codec.mjs').StartArguments} StartArguments */

/**
 * The combined settings of the command line and the environment.
 * @typedef {object} StartSettings
 * @property {{ host: string, port: number, console: boolean }} edge the address of the first edge, where port 0 selects a free one, and whether
 * it serves the console
 * @property {{ host: string, port: number | null, id: string | null }} connector of the first connector; `null` for values that `npm start`
 * chooses
 * @property {string | null} accessTokenFile `null` for the file in the data folder
 * @property {string | null} authKeyFile `null` for the file in the data folder
 * @property {Partial<import('./storage.plan.mjs').Sizes>} sizes stream sizes that the user has set, in bytes
 */

const LOOPBACK = '127.0.0.1';
const USUAL_PORT = 3000;
/** The values that the edge reads as false. */
const OFF = ['false', 'no', 'off', '0'];

/** The settings for access to an external server. */
const NATS_ACCESS = [
  'WABUS_NATS_TOKEN',
  'WABUS_NATS_TOKEN_FILE',
  'WABUS_NATS_USER',
  'WABUS_NATS_PASSWORD',
  'WABUS_NATS_PASSWORD_FILE',
  'WABUS_NATS_CA_FILE'
];
const SIMULATOR = ['WABUS_SIMULATOR_URL', 'WABUS_SIMULATOR_ROOT_KEY'];

/**
 * Reads every documented setting that `npm start` also determines: each is used, or refused by name.
 * @param {StartArguments} given the command line, which takes precedence
 * @param {NodeJS.ProcessEnv} env
 * @returns {StartSettings}
 * @throws {Error} names the setting and the remedy in one line
 */
export function readStartSettings(given, env) {
  const text = (/** @type {string} */ name) => env[name]?.trim() || null;
  for (const name of text('WABUS_NATS_URL') ? [] : NATS_ACCESS) {
    if (text(name))
      throw new Error(`${name} is set, but npm start runs its own NATS server: set WABUS_NATS_URL to use yours, or remove ${name}`);
  }
  if (!text('WABUS_NATS_URL') && Number(text('WABUS_REPLICAS') ?? 1) > 1)
    throw new Error(
      'WABUS_REPLICAS needs a NATS cluster, but npm start runs one server: set WABUS_NATS_URL to your cluster, or remove WABUS_REPLICAS'
    );
  for (const name of given.demo ? SIMULATOR : []) {
    if (text(name)) throw new Error(`${name} is set, but the demo starts its own simulator: use npm start for yours, or remove ${name}`);
  }
  const id = text('WABUS_CONNECTOR_ID');
  if (id && given.connectors > 1)
    throw new Error(`WABUS_CONNECTOR_ID is the name of one connector: leave it out with --connectors ${given.connectors}`);
  const port = given.port ?? portOf('WABUS_EDGE_PORT', text('WABUS_EDGE_PORT')) ?? portOf('PORT', text('PORT')) ?? USUAL_PORT;
  const connectorPort = portOf('WABUS_CONNECTOR_PORT', text('WABUS_CONNECTOR_PORT')) || null;
  requireRange('the port of the edge', port, given.edges);
  if (connectorPort !== null) requireRange('WABUS_CONNECTOR_PORT', connectorPort, given.connectors);
  return {
    edge: {
      host: given.host ?? text('WABUS_EDGE_HOST') ?? LOOPBACK,
      port,
      console: !OFF.includes(text('WABUS_EDGE_CONSOLE')?.toLowerCase() ?? '')
    },
    connector: { host: text('WABUS_CONNECTOR_HOST') ?? LOOPBACK, port: connectorPort, id },
    accessTokenFile: fileOf('WABUS_ACCESS_TOKEN_FILE', text('WABUS_ACCESS_TOKEN_FILE')),
    authKeyFile: pathOf(text('WABUS_AUTH_KEY_FILE')),
    sizes: {
      ...sizeOf('events', 'WABUS_EVENTS_MAX_BYTES', text('WABUS_EVENTS_MAX_BYTES')),
      ...sizeOf('media', 'WABUS_MEDIA_MAX_BYTES', text('WABUS_MEDIA_MAX_BYTES')),
      ...sizeOf('parts', 'WABUS_EVENT_PARTS_MAX_BYTES', text('WABUS_EVENT_PARTS_MAX_BYTES'))
    }
  };
}

/**
 * Returns an unrestricted token from a file of access tokens. With it, `npm start` creates the first session and shows its QR code.
 * @param {string} content lines of `<token> [sessions=…] [scopes=…]`
 * @returns {string | null}
 */
export function unrestrictedToken(content) {
  for (const line of content.split('\n')) {
    const [token = '', ...terms] = line.trim().split(/\s+/);
    if (token !== '' && !token.startsWith('#') && !token.startsWith('sha256:') && terms.length === 0) return token;
  }
  return null;
}

/** @param {string} name @param {string | null} text */
function portOf(name, text) {
  if (text === null) return null;
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error(`${name} must be a port from 0 to 65535, not ${text}`);
  return port;
}

/** @param {string} name @param {number} first @param {number} count */
function requireRange(name, first, count) {
  if (first + count - 1 > 65_535) throw new Error(`${name}, ${first}, leaves no ports for ${count} processes`);
}

/** @param {string | null} text */
function pathOf(text) {
  return text === null ? null : resolve(text);
}

/** @param {string} name @param {string | null} text */
function fileOf(name, text) {
  const file = pathOf(text);
  if (file === null) return null;
  if (!existsSync(file)) throw new Error(`${name} names a file that does not exist: ${file}`);
  if (unrestrictedToken(readFileSync(file, 'utf8')) === null)
    throw new Error(
      `${name}: npm start needs one token in ${file} without sessions=, scopes= and hash, to create the first session and show its QR code`
    );
  return file;
}

/** @param {import('./storage.plan.mjs').SizedKind} kind @param {string} name @param {string | null} text */
function sizeOf(kind, name, text) {
  if (text === null) return {};
  const bytes = Number(text);
  if (!Number.isInteger(bytes) || bytes < -1) throw new Error(`${name} must be a whole number of bytes, or -1 for no limit, not ${text}`);
  return { [kind]: bytes };
}
