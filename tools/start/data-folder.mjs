// @ts-check
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statfsSync,
  statSync,
  symlinkSync,
  writeFileSync
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { readServices, ROLES } from '../nats/role.permissions.mjs';
import { JETSTREAM_SHARE, lackMessage, partsBeside, planStorage, reservedBytes, SIZED_KINDS, STREAMS } from './storage.plan.mjs';

/** @typedef {import('../nats/role.permissions.mjs').Role} Role */

/**
 * The files of one installation, which are all in one folder.
 * @typedef {ReturnType<typeof openDataFolder>} DataFolder
 */

/**
 * Prepares the folder, which only its owner can read, and generates secrets on the first run.
 * @param {string} path
 * @param {string} [tokenFolder] the folder of another installation whose access token this one shares
 */
export function openDataFolder(path, tokenFolder = path) {
  const at = (/** @type {string} */ name) => join(path, name);
  const services = existsSync(at('nats-services.json')) ? readServices(at('nats-services.json')) : [];
  for (const folder of [tokenFolder, path, at('logs'), at('nats')]) mkdirSync(folder, { recursive: true, mode: 0o700 });
  return {
    path,
    logs: at('logs'),
    natsStore: at('nats'),
    natsConfiguration: at('nats-server.conf'),
    lock: at('start.lock'),
    remembered: at('start.json'),
    simulatorState: at('simulator.json'),
    /** The token with which clients authenticate. */
    accessTokenFile: ensureAccessToken(at('access-token'), join(tokenFolder, 'access-token')),
    /** Services with a separate user on the embedded NATS server, from `nats-services.json` in the folder. */
    natsServices: services,
    /**
     * The passwords with which the processes, services and operators on this machine log in to the embedded NATS server, each as a separate
     * user.
     */
    natsPasswordFiles: /** @type {Record<Role, string> & Record<string, string>} */ (
      Object.fromEntries(
        [...ROLES, ...services.map(({ name }) => name)].map(role => [
          role,
          ensureSecret(at(`nats-password-${role}`), () => `nats_${randomBytes(32).toString('hex')}`)
        ])
      )
    ),
    /** Encrypts credentials and Signal keys at rest. Without this key, the stored sessions are lost. */
    authKeyFile: ensureSecret(at('auth-key'), () => randomBytes(32).toString('base64'))
  };
}

/**
 * Creates the access token of an installation. A shared token is a symbolic link to the other installation's, so that the same command reads it
 * in both.
 * @param {string} file
 * @param {string} shared the same file, or the token file of the other installation
 */
function ensureAccessToken(file, shared) {
  ensureSecret(shared, () => randomBytes(32).toString('base64url'));
  if (shared === file) return file;
  if (lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink() !== true) {
    rmSync(file, { force: true });
    symlinkSync(relative(dirname(file), shared), file);
  }
  return shared;
}

/**
 * Generates a secret once; an existing one is kept and made private again.
 * @param {string} file
 * @param {() => string} generate
 * @returns {string} the path of the file
 */
function ensureSecret(file, generate) {
  if (existsSync(file) && readFileSync(file, 'utf8').trim() !== '') chmodSync(file, 0o600);
  else writeFileSync(file, `${generate()}\n`, { mode: 0o600 });
  return file;
}

/**
 * Determines the sizes of an installation's streams and the storage limit of its NATS server. Sizes are chosen at the first start and kept,
 * because a smaller size at a later start would delete stored data.
 * @param {DataFolder} folder
 * @param {Partial<import('./storage.plan.mjs').Sizes>} set sizes that the user has set
 * @returns {import('./storage.plan.mjs').Sizes & { maxFileStore: number }}
 * @throws {Error} if they do not fit on the disk; the message is one line
 */
export function storageSizes(folder, set) {
  const remembered = recall(folder);
  const freeBytes = freeSpace(folder.natsStore);
  const usable = Math.floor((freeBytes + usedSpace(folder.natsStore)) * JETSTREAM_SHARE);
  const kept = keptSizes(remembered);
  // The kept sizes have been reserved before: a disk that has been filled by other programs since then must not prevent a start.
  const isLarger = SIZED_KINDS.some(kind => (set[kind] ?? 0) > (kept[kind] ?? Infinity));
  const budget = kept.events === undefined || isLarger ? usable : Infinity;
  const plan = planStorage(budget, { ...kept, ...set });
  if ('lack' in plan) throw new Error(lackMessage(plan.lack, { folder: folder.path, freeBytes }));
  remember(folder, { ...remembered, eventsMaxBytes: plan.sizes.events, mediaMaxBytes: plan.sizes.media, partsMaxBytes: plan.sizes.parts });
  return { ...plan.sizes, maxFileStore: Math.max(usable, reservedBytes(plan.sizes)) };
}

/**
 * @param {Record<string, unknown>} remembered
 * @returns {Partial<import('./storage.plan.mjs').Sizes>}
 */
function keptSizes({ eventsMaxBytes, mediaMaxBytes, partsMaxBytes }) {
  if (typeof eventsMaxBytes !== 'number') return {};
  return {
    events: eventsMaxBytes,
    // Before the plan existed, media had its usual size on every disk.
    media: typeof mediaMaxBytes === 'number' ? mediaMaxBytes : STREAMS.media.usual,
    parts: typeof partsMaxBytes === 'number' ? partsMaxBytes : partsBeside(eventsMaxBytes)
  };
}

/**
 * Returns the number of bytes that this user can still write in a folder.
 * @param {string} folder
 */
export function freeSpace(folder) {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}

/** @param {string} folder */
function usedSpace(folder) {
  let bytes = 0;
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    try {
      bytes += statSync(join(folder, name)).blocks * 512;
    } catch {
      // The file was removed in the meantime.
    }
  }
  return bytes;
}

/**
 * Returns the values remembered from the last run, such as a port that clients may use.
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
