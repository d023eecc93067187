// @ts-check
import { existsSync, statSync } from 'node:fs';
import { MigrateError } from '@wabus/migrate';
import { readDirectory, readOneFile } from './file.source.mjs';
import { readPostgres } from './postgres.source.mjs';
import { readRedis } from './redis.source.mjs';

/** @typedef {import('./file.source.mjs').Source} Source */
/** @typedef {import('@wabus/migrate').PortableDevice} PortableDevice */

/**
 * Reads the device from one or two places.
 * @param {readonly string[]} places
 * @param {{ format: string, name?: string | undefined, env: NodeJS.ProcessEnv }} wanted
 * @returns {Promise<{ formats: string[], device: PortableDevice & { credentials: NonNullable<PortableDevice['credentials']> }, changedAt: number | null }>}
 * @throws {MigrateError} says what is wrong and what to do
 */
export async function readSources(places, { format, name, env }) {
  /** @type {Source[]} */
  const sources = [];
  for (const place of places) {
    // Evolution API identifies an instance by its id wherever it stores keys.
    const known = sources.find(one => one.instance !== undefined)?.instance ?? name;
    sources.push(await readSource(resolved(place, env), { format: places.length > 1 ? 'auto' : format, name: known }));
  }
  const [first] = sources;
  if (format !== 'auto' && first !== undefined && !isOf(first.format, format))
    throw new MigrateError('format', `This is a session of ${first.format}, not of ${format}.`);
  const credentials = sources.map(one => one.device.credentials).find(one => one !== null) ?? null;
  const changes = sources.map(one => one.changedAt).filter(one => one !== null);
  if (credentials === null)
    throw new MigrateError(
      'creds',
      'There are keys but no credentials. Evolution API stores the credentials in its database: add that as a second --from postgres://…'
    );
  const records = sources.flatMap(one => one.device.records);
  const device = {
    credentials,
    records,
    unknown: sources.flatMap(one => one.device.unknown),
    notes: records.length > 0 && sources.length > 1 ? [] : sources.flatMap(one => one.device.notes)
  };
  return { formats: sources.map(one => one.format), device, changedAt: changes.length > 0 ? Math.max(...changes) : null };
}

/**
 * @param {string} place
 * @param {{ format: string, name?: string | undefined }} wanted
 * @returns {Promise<Source>}
 */
async function readSource(place, wanted) {
  if (/^rediss?:\/\//.test(place)) return readRedis(place, wanted);
  if (/^postgres(ql)?:\/\//.test(place)) return readPostgres(place, wanted);
  if (!existsSync(place)) throw new MigrateError('source', `There is nothing at ${place}.`);
  return statSync(place).isDirectory() ? readDirectory(place, wanted.name) : readOneFile(place, wanted.name);
}

/** WAHA's NOWEB and Evolution API store folders in the form of Baileys' own examples. @param {string} found @param {string} wanted */
const isOf = (found, wanted) => found === wanted || (found === 'baileys' && ['waha', 'evolution'].includes(wanted));

/**
 * @param {string} place
 * @param {NodeJS.ProcessEnv} env
 */
function resolved(place, env) {
  if (!place.startsWith('env:')) return place;
  const value = env[place.slice('env:'.length)];
  if (!value) throw new MigrateError('source', `The variable ${place.slice('env:'.length)} is not set.`);
  return value;
}
