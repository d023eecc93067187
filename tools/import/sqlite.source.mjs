// @ts-check
import { existsSync, statSync } from 'node:fs';
import { MigrateError } from '@wabus/migrate';
import { readAccount } from './whatsmeow.tables.mjs';

/** @typedef {import('./file.source.mjs').Source} Source */

const MAGIC = 'SQLite format 3\0';
/** The offsets of the file format's write and read versions. Version 2 means that a separate file may contain pending changes. */
const FORMAT_VERSIONS = [18, 19];
const ROLLBACK = 1;

/** @param {Buffer} content */
export const isSqlite = content => content.subarray(0, MAGIC.length).toString('latin1') === MAGIC;

/**
 * Reads the device from whatsmeow's tables in a SQLite file.
 * @param {string} file
 * @param {Buffer} content
 * @param {string} [name]
 * @returns {Promise<Source>}
 * @throws {MigrateError}
 */
export async function readSqlite(file, content, name) {
  for (const suffix of ['-wal', '-journal']) {
    if (existsSync(file + suffix) && statSync(file + suffix).size > 0)
      throw new MigrateError(
        'source',
        `${file}${suffix} has changes that are not in the database yet. Stop the old gateway, then: sqlite3 ${file} 'PRAGMA wal_checkpoint(TRUNCATE)'`
      );
  }
  const { default: initSqlJs } = await import('sql.js');
  const SQL = await initSqlJs();
  // The in-memory database has no second file. The checks above have shown that this one contains all changes.
  for (const at of FORMAT_VERSIONS) content[at] = ROLLBACK;
  const database = new SQL.Database(content);
  try {
    const device = await readAccount({
      tables: async names => {
        const found = select(database, `SELECT name FROM sqlite_master WHERE type IN ('table', 'view')`).map(row => String(row['name']));
        return names.filter(one => found.includes(one));
      },
      rows: async (table, column, value) =>
        column === null
          ? select(database, `SELECT * FROM ${table}`)
          : select(database, `SELECT * FROM ${table} WHERE ${column} = $value`, { $value: value }),
      name
    });
    return { format: 'whatsmeow', device, changedAt: null };
  } finally {
    database.close();
  }
}

/**
 * @param {import('sql.js').Database} database
 * @param {string} sql
 * @param {Record<string, string>} [values]
 * @returns {import('@wabus/migrate/keys').Row[]}
 */
function select(database, sql, values = {}) {
  const statement = database.prepare(sql, values);
  const rows = [];
  while (statement.step()) rows.push(statement.getAsObject());
  statement.free();
  return rows;
}
