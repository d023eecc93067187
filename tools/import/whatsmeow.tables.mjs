// @ts-check
import { MigrateError } from '@wabus/migrate';
import { readWhatsmeow, WHATSMEOW_TABLES } from '@wabus/migrate/keys';

/** @typedef {import('@wabus/migrate/keys').Row} Row */

/**
 * A database with whatsmeow's tables.
 * @typedef {object} Database
 * @property {(names: string[]) => Promise<string[]>} tables returns those of the given tables that exist
 * @property {(table: string, column: string | null, value: string) => Promise<Row[]>} rows returns all rows of a table, or those with this
 * value in the column
 * @property {string | undefined} name jid or phone number of the account, if there are several
 */

/**
 * Reads the device of one account.
 * @param {Database} database
 * @returns {Promise<import('@wabus/migrate').PortableDevice>}
 * @throws {MigrateError}
 */
export async function readAccount({ tables, rows, name }) {
  const names = await tables(Object.keys(WHATSMEOW_TABLES));
  if (!names.includes('whatsmeow_device'))
    throw new MigrateError(
      'format',
      "The database has none of whatsmeow's tables. WAHA's store.sqlite3 has chats only: its session is in the folder next to it."
    );
  const devices = (await rows('whatsmeow_device', null, '')).map(device => String(device['jid']));
  const matching =
    name === undefined ? devices : devices.filter(jid => jid === name || jid.split(/[.:@]/, 1)[0] === name.replace(/^\+/, ''));
  const [jid] = matching;
  if (jid === undefined)
    throw new MigrateError(
      'whatsmeow_device',
      name === undefined ? 'The database has no linked account.' : `The database has no account ${name}.`
    );
  if (matching.length > 1)
    throw new MigrateError(
      'whatsmeow_device',
      `The database has ${matching.length} linked accounts: choose one with --name and its phone number or jid.`
    );
  /** @type {Record<string, Row[]>} */
  const found = {};
  for (const table of names) {
    const column = WHATSMEOW_TABLES[/** @type {keyof typeof WHATSMEOW_TABLES} */ (table)];
    found[table] = await rows(table, column, jid);
  }
  return readWhatsmeow(found);
}
