// @ts-check
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { accessOf } from '../nats/remote-server.probe.mjs';
import { unrestrictedToken } from '../start/start-settings.policy.mjs';

/** @typedef {import('../nats/remote-server.probe.mjs').Access} Access */

/**
 * An installation as the doctor examines it, without creating or changing anything.
 * @typedef {object} Surroundings
 * @property {NodeJS.ProcessEnv} env
 * @property {string} dataFolder the data folder of `npm start`, which may be missing
 * @property {string | null} natsUrl `null` if none is set and `npm start` has not run here
 * @property {boolean} ownNats whether `npm start` runs the NATS server
 * @property {(role: 'admin' | 'connector' | 'edge') => Access | null} access how a role logs in to NATS; `null` if its password is not
 * available here
 * @property {{ file: string, text: string | null }} authKey
 * @property {{ file: string, text: string | null }} accessToken
 * @property {string} url the URL of an edge
 * @property {string | null} token an unrestricted token
 * @property {readonly string[]} hosts the hosts that a connector must reach, as host:port
 * @property {boolean} offline whether checks of external hosts are skipped
 */

/**
 * The hosts to which connectors connect: the socket, and the media hosts (Baileys `Defaults`, `DEFAULT_CONNECTION_CONFIG.wsUrl` and
 * `MEDIA_HOSTS`).
 */
const WHATSAPP_HOSTS = ['web.whatsapp.com:443', 'mmg.whatsapp.net:443'];

/**
 * @param {{ env: NodeJS.ProcessEnv, dataFolder: string, url?: string, hosts?: readonly string[], offline?: boolean }} given
 * @returns {Surroundings}
 */
export function readSurroundings({ env, dataFolder, url, hosts = WHATSAPP_HOSTS, offline = false }) {
  const at = (/** @type {string} */ name) => join(dataFolder, name);
  const secret = (/** @type {string} */ variable, /** @type {string} */ name) => {
    const file = env[variable]?.trim() || at(name);
    return { file, text: readText(file) };
  };
  const setUrl = env['WABUS_NATS_URL']?.trim();
  const port = Number(readJson(at('start.json'))?.['natsPort']);
  const own = !setUrl && port > 0;
  const accessToken = secret('WABUS_ACCESS_TOKEN_FILE', 'access-token');
  return {
    env,
    dataFolder,
    natsUrl: setUrl || (own ? `nats://127.0.0.1:${port}` : null),
    ownNats: own,
    access: role => {
      if (!own) return env['WABUS_NATS_USER'] && env['WABUS_NATS_USER'] !== role ? null : accessOf(env);
      const password = readText(at(`nats-password-${role}`));
      return password === null ? null : { user: role, password };
    },
    authKey: secret('WABUS_AUTH_KEY_FILE', 'auth-key'),
    accessToken,
    url: url ?? servedUrl(at('start.lock')) ?? 'http://127.0.0.1:3000',
    token: accessToken.text === null ? null : unrestrictedToken(accessToken.text),
    hosts,
    offline
  };
}

/** @param {string} file @returns {string | null} without leading and trailing white space; `null` if the file cannot be read */
function readText(file) {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return null;
  }
}

/** @param {string} file @returns {Record<string, unknown> | null} */
function readJson(file) {
  try {
    return JSON.parse(readText(file) ?? '');
  } catch {
    return null;
  }
}

/** @param {string} lock */
function servedUrl(lock) {
  const served = existsSync(lock) ? readJson(lock)?.['url'] : null;
  return typeof served === 'string' ? served : null;
}
