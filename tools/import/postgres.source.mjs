// @ts-check
import { MigrateError, neutralCredentials, jsonOf, readEntries } from '@wabus/migrate';
import { readAccount } from './whatsmeow.tables.mjs';

/** @typedef {import('./file.source.mjs').Source} Source */
/** @typedef {{ schema: string, table: string }} Found */

/**
 * Reads the device in a PostgreSQL database: tables of Evolution API, WAHA or whatsmeow.
 * @param {string} address
 * @param {{ format: string, name?: string | undefined }} wanted
 * @returns {Promise<Source>}
 * @throws {MigrateError}
 */
export async function readPostgres(address, { format, name }) {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: address, application_name: 'wabus import' });
  await client.connect();
  try {
    // All queries read the same snapshot, and nothing is changed.
    await client.query('BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const query = async (/** @type {string} */ sql, /** @type {unknown[]} */ values = []) => (await client.query(sql, values)).rows;
    const tables = await query(
      `SELECT table_schema AS schema, table_name AS "table" FROM information_schema.tables WHERE table_schema NOT IN ('pg_catalog', 'information_schema')`
    );
    const database = { query, tables, name, wantedSchema: new URL(address).searchParams.get('schema') };
    if (wants(format, 'evolution') && place(database, 'Session') && place(database, 'Instance')) return await readEvolution(database);
    if (wants(format, 'waha') && place(database, 'waha_auth')) return await readWaha(database);
    if (wants(format, 'whatsmeow') && place(database, 'whatsmeow_device')) return await readWhatsmeowDatabase(database);
    throw new MigrateError(
      'format',
      `The database has no tables of ${format === 'auto' ? 'Evolution API, WAHA or whatsmeow' : format}: ${tables.length} others were found.`
    );
  } finally {
    await client.end();
  }
}

/**
 * @typedef {object} Database
 * @property {(sql: string, values?: unknown[]) => Promise<Record<string, unknown>[]>} query
 * @property {Found[]} tables
 * @property {string | undefined} name
 * @property {string | null} wantedSchema
 */

/**
 * Evolution API stores the credentials as JSON inside a JSON string, and the keys elsewhere.
 * @param {Database} database
 * @returns {Promise<Source>}
 */
async function readEvolution(database) {
  const { query, name } = database;
  const rows = await query(
    `SELECT i.id, i.name, s.creds FROM ${place(database, 'Instance')} i LEFT JOIN ${place(database, 'Session')} s ON s."sessionId" = i.id`
  );
  const row = onlyOne(
    rows,
    'instances',
    one => name === undefined || one['name'] === name || one['id'] === name,
    one => String(one['name'])
  );
  const notes = ['The keys of Evolution API are in Redis or in its folder instances: add that as a second --from.'];
  // With CACHE_REDIS_SAVE_INSTANCES the credentials are in Redis, and this table is empty.
  const credentials = row['creds'] === null ? null : neutralCredentials(jsonOf('creds', row['creds']));
  return { format: 'evolution', device: { credentials, records: [], unknown: [], notes }, changedAt: null, instance: String(row['id']) };
}

/**
 * Reads the tables of WAHA's NOWEB engine: one row per record, with bytes as lists of numbers.
 * @param {Database} database
 * @returns {Promise<Source>}
 */
async function readWaha(database) {
  const { query, name } = database;
  const table = place(database, 'waha_auth');
  const sessions = await query(`SELECT DISTINCT session_id FROM ${table} WHERE key = 'creds'`);
  const chosen = onlyOne(
    sessions,
    'sessions',
    one => name === undefined || one['session_id'] === name,
    one => String(one['session_id'])
  );
  const rows = await query(`SELECT key, value FROM ${table} WHERE session_id = $1`, [chosen['session_id']]);
  return { format: 'waha', device: readEntries(rows.map(row => ({ name: String(row['key']), value: row['value'] }))), changedAt: null };
}

/**
 * @param {Database} database
 * @returns {Promise<Source>}
 */
async function readWhatsmeowDatabase(database) {
  const { query, tables, name } = database;
  const device = await readAccount({
    tables: async names => names.filter(one => tables.some(({ table }) => table === one)),
    rows: (table, column, value) =>
      column === null
        ? query(`SELECT * FROM ${place(database, table)}`)
        : query(`SELECT * FROM ${place(database, table)} WHERE ${column} = $1`, [value]),
    name
  });
  return { format: 'whatsmeow', device, changedAt: null };
}

/**
 * Returns the quoted name of a table, or `null` if it does not exist.
 * @param {Pick<Database, 'tables' | 'wantedSchema'>} database
 * @param {string} table
 */
function place({ tables, wantedSchema }, table) {
  const found = tables.filter(one => one.table === table);
  const chosen = found.find(one => one.schema === wantedSchema) ?? found[0];
  return chosen === undefined ? null : `"${chosen.schema}"."${chosen.table}"`;
}

/**
 * @param {Record<string, unknown>[]} rows
 * @param {string} what
 * @param {(row: Record<string, unknown>) => boolean} matches
 * @param {(row: Record<string, unknown>) => string} nameOf
 */
function onlyOne(rows, what, matches, nameOf) {
  const found = rows.filter(matches);
  const [row] = found;
  if (row === undefined)
    throw new MigrateError('name', `This name is not among the ${what}: ${rows.map(nameOf).join(', ') || 'there are none'}.`);
  if (found.length > 1)
    throw new MigrateError('name', `There are several ${what}: ${found.map(nameOf).join(', ')}. Choose one with --name.`);
  return row;
}

/**
 * @param {string} format
 * @param {string} one
 */
const wants = (format, one) => format === 'auto' || format === one;
