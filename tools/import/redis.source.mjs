// @ts-check
import { MigrateError, readEntries } from '@wabus/migrate';

/** @typedef {import('./file.source.mjs').Source} Source */

const EVOLUTION = /^(?:.*:)?instance:(?<name>.+)$/;
const FAZER = /^@baileys-api:connections:(?<name>.+):authState$/;
/** Fields that fazer-ai stores in addition to the keys. */
const NO_KEYS = new Set(['metadata', 'import-candidates']);

/**
 * Reads the device in a Redis hash of Evolution API or fazer-ai/baileys-api, which has one field per record. Forks use other names for the
 * hash, so it is recognized by its fields.
 * @param {string} address
 * @param {{ format: string, name?: string | undefined }} wanted
 * @returns {Promise<Source>}
 * @throws {MigrateError}
 */
export async function readRedis(address, { format, name }) {
  const { createClient } = await import('@redis/client');
  const client = createClient({ url: address, socket: { reconnectStrategy: false } });
  // The failed command rejects. Without a listener for the event, the process would end.
  client.on('error', () => undefined);
  await client.connect();
  try {
    /** @type {string[]} */
    const hashes = [];
    for await (const keys of client.scanIterator({ TYPE: 'hash', COUNT: 1_000 })) {
      for (const key of keys) if (await holdsDevice(client, key)) hashes.push(key);
    }
    const key = choose(hashes, format, name);
    /** @type {Map<string, string>} */
    const fields = new Map();
    for await (const entries of client.hScanIterator(key, { COUNT: 1_000 }))
      for (const { field, value } of entries) fields.set(field, value);
    const entries = [...fields].filter(([field]) => !NO_KEYS.has(field)).map(([field, value]) => ({ name: field, value }));
    return { format: FAZER.test(key) ? 'fazer' : 'evolution', device: readEntries(entries), changedAt: null };
  } finally {
    client.destroy();
  }
}

/**
 * @param {{ hExists(key: string, field: string): Promise<number>, hScan(key: string, cursor: string, options: object): Promise<{ entries: unknown[] }> }} client
 * @param {string} key
 */
async function holdsDevice(client, key) {
  if (await client.hExists(key, 'creds')) return true;
  const { entries } = await client.hScan(key, '0', { MATCH: 'pre-key-*', COUNT: 1_000 });
  return entries.length > 0;
}

/**
 * @param {string[]} hashes
 * @param {string} format
 * @param {string} [name]
 */
function choose(hashes, format, name) {
  const ofFormat = hashes.filter(key => (format === 'fazer' ? FAZER.test(key) : format === 'evolution' ? !FAZER.test(key) : true));
  const matching =
    name === undefined
      ? ofFormat
      : ofFormat.filter(key => key === name || nameIn(key) === name || nameIn(key) === name.replace(/^\+?/, '+'));
  const [key] = matching;
  if (key === undefined)
    throw new MigrateError(
      'name',
      `Redis has no such session. Hashes that look like a session: ${ofFormat.join(', ') || 'none'}. The session may be in another database: redis://…/6`
    );
  if (matching.length > 1)
    throw new MigrateError('name', `Redis contains several sessions: ${matching.join(', ')}. Choose one with --name.`);
  return key;
}

/** @param {string} key */
const nameIn = key => (FAZER.exec(key) ?? EVOLUTION.exec(key))?.groups?.['name'];
