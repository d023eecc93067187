// @ts-check
import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROLES } from '../nats/role.permissions.mjs';

/** @typedef {import('../nats/role.permissions.mjs').Role} Role */

/**
 * The files of one installation, all under one folder.
 * @typedef {ReturnType<typeof openDataFolder>} DataFolder
 */

/**
 * Prepares the folder: readable by its owner only, with the secrets that a first run generates.
 * @param {string} path
 */
export function openDataFolder(path) {
  const at = (/** @type {string} */ name) => join(path, name);
  for (const folder of [path, at('logs'), at('nats')]) mkdirSync(folder, { recursive: true, mode: 0o700 });
  return {
    path,
    logs: at('logs'),
    natsStore: at('nats'),
    natsConfiguration: at('nats-server.conf'),
    lock: at('start.lock'),
    remembered: at('start.json'),
    simulatorState: at('simulator.json'),
    /** Clients authenticate with it. */
    accessTokenFile: ensureSecret(at('access-token'), () => randomBytes(32).toString('base64url')),
    /** The processes, services and operators on this machine authenticate at the embedded NATS server with them, each in its role. */
    natsPasswordFiles: /** @type {Record<Role, string>} */ (
      Object.fromEntries(
        ROLES.map(role => [role, ensureSecret(at(`nats-password-${role}`), () => `nats_${randomBytes(32).toString('hex')}`)])
      )
    ),
    /** Encrypts credentials and Signal keys at rest: without it stored sessions are lost. */
    authKeyFile: ensureSecret(at('auth-key'), () => randomBytes(32).toString('base64'))
  };
}

/**
 * Generates a secret once; an existing one is kept and made private again.
 * @param {string} file
 * @param {() => string} generate
 * @returns {string} the file
 */
function ensureSecret(file, generate) {
  if (existsSync(file) && readFileSync(file, 'utf8').trim() !== '') chmodSync(file, 0o600);
  else writeFileSync(file, `${generate()}\n`, { mode: 0o600 });
  return file;
}

/** The limit that a server's operator would choose; a stream must fit into what JetStream may use, three quarters of what is free. */
const EVENTS_MAX_BYTES = 10 * 2 ** 30;

/**
 * How large the event stream may grow in a folder. To be chosen once and kept: a lower limit at a later start would remove events.
 * @param {string} folder
 */
export function eventsLimit(folder) {
  const { bavail, bsize } = statfsSync(folder);
  return Math.min(EVENTS_MAX_BYTES, Math.floor((bavail * bsize) / 2));
}

/**
 * A value remembered from the last run, such as a port that clients may have noted.
 * @param {DataFolder} folder
 * @returns {Record<string, unknown>}
 */
export function recall(folder) {
  try {
    return JSON.parse(readFileSync(folder.remembered, 'utf8'));
  } catch {
    return {};
  }
}

/**
 * @param {DataFolder} folder
 * @param {Record<string, unknown>} values
 */
export function remember(folder, values) {
  writeFileSync(folder.remembered, `${JSON.stringify(values, null, 2)}\n`, { mode: 0o600 });
}
