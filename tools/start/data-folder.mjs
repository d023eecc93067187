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
 * The files of one installation, all under one folder.
 * @typedef {ReturnType<typeof openDataFolder>} DataFolder
 */

/**
 * Prepares the folder: readable by its owner only, with the secrets that a first run generates.
 * @param {string} path
 * @param {string} [tokenFolder] of another installation whose access token this one has too
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
    /** Clients authenticate with it. */
    accessTokenFile: ensureAccessToken(at('access-token'), join(tokenFolder, 'access-token')),
    /** Services with a user of their own at the embedded NATS server, as `nats-services.json` in the folder lists them. */
    natsServices: services,
    /** The processes, services and operators on this machine authenticate at the embedded NATS server with them, each as a user of its own. */
    natsPasswordFiles: /** @type {Record<Role, string> & Record<string, string>} */ (
      Object.fromEntries(
        [...ROLES, ...services.map(({ name }) => name)].map(role => [
          role,
          ensureSecret(at(`nats-password-${role}`), () => `nats_${randomBytes(32).toString('hex')}`)
        ])
      )
    ),
    /** Encrypts credentials and Signal keys at rest: without it stored sessions are lost. */
    authKeyFile: ensureSecret(at('auth-key'), () => randomBytes(32).toString('base64'))
  };
}

/**
 * The access token of an installation; one that it shares is a link to the other's, so that one command reads it whichever runs.
 * @param {string} file
 * @param {string} shared the same file, or that of the other installation
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
 * @returns {string} the file
 */
function ensureSecret(file, generate) {
  if (existsSync(file) && readFileSync(file, 'utf8').trim() !== '') chmodSync(file, 0o600);
  else writeFileSync(file, `${generate()}\n`, { mode: 0o600 });
  return file;
}

/**
 * How large the streams of an installation are, and how much its NATS server may use. Sizes are chosen at the first start and kept: a lower one at a
 * later start would remove what is stored.
 * @param {DataFolder} folder
 * @param {Partial<import('./storage.plan.mjs').Sizes>} set sizes that somebody chose
 * @returns {import('./storage.plan.mjs').Sizes & { maxFileStore: number }}
 * @throws {Error} in one line when they do not fit
 */
export function storageSizes(folder, set) {
  const remembered = recall(folder);
  const freeBytes = freeSpace(folder.natsStore);
  const usable = Math.floor((freeBytes + usedSpace(folder.natsStore)) * JETSTREAM_SHARE);
  const kept = keptSizes(remembered);
  // What was kept has been stored by now: a disk that others have filled since does not keep Wabus from starting.
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
    // Before the plan, media had its usual size whatever the disk.
    media: typeof mediaMaxBytes === 'number' ? mediaMaxBytes : STREAMS.media.usual,
    parts: typeof partsMaxBytes === 'number' ? partsMaxBytes : partsBeside(eventsMaxBytes)
  };
}

/**
 * Bytes that this user may still write in a folder.
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
      // It was removed in between.
    }
  }
  return bytes;
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
