// @ts-check
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';
import {
  deviceFolders,
  DeviceStreamReader,
  isSingleFile,
  jsonOf,
  MigrateError,
  readFolder,
  readSingleFile,
  STREAM_FORMAT
} from '@wabus/migrate';
import { isArchive, readArchive } from '@wabus/migrate/archive';
import { isFazerSession, readFazerSession } from '@wabus/migrate/keys';
import { isSqlite, readSqlite } from './sqlite.source.mjs';

/** @typedef {import('@wabus/migrate').PortableDevice} PortableDevice */
/** @typedef {{ format: string, device: PortableDevice, changedAt: number | null, instance?: string }} Source */

const DEPTH = 4;
const PASSED_OVER = new Set(['node_modules', '.git']);

/**
 * Reads the device in a folder of `useMultiFileAuthState`, or in a folder below it.
 * @param {string} folder
 * @param {string} [name]
 * @returns {Source}
 * @throws {MigrateError} also if a file changes while it is being read
 */
export function readDirectory(folder, name) {
  const beganAt = Date.now();
  const paths = filesBelow(folder, DEPTH);
  const folders = new Set(deviceFolders(paths.map(path => ({ path }))));
  const wanted = paths.filter(path => folders.has(path.includes('/') ? posix.dirname(path) : ''));
  const files = wanted.map(path => ({ path, content: readFileSync(join(folder, path)) }));
  // If the folder itself is the session, the name is ignored.
  const device = readFolder(files, folders.size === 1 && folders.has('') ? undefined : name);
  const changedAt = Math.max(...wanted.map(path => changeOf(join(folder, path))));
  requireStill(changedAt, beganAt);
  return { format: 'baileys', device, changedAt };
}

/**
 * Reads the device in one file: an archive of such a folder, a SQLite database, the neutral form, or JSON.
 * @param {string} file
 * @param {string} [name]
 * @returns {Promise<Source>}
 * @throws {MigrateError}
 */
export async function readOneFile(file, name) {
  const beganAt = Date.now();
  const content = readFileSync(file);
  const source = await readContent(file, content, name);
  requireStill(changeOf(file), beganAt);
  return { ...source, changedAt: source.changedAt ?? changeOf(file) };
}

/**
 * @param {string} file
 * @param {Buffer} content
 * @param {string} [name]
 * @returns {Promise<Source>}
 */
async function readContent(file, content, name) {
  if (isSqlite(content)) return readSqlite(file, content, name);
  if (isArchive(content)) {
    const files = readArchive(content);
    const times = files.map(({ modifiedAt }) => modifiedAt).filter(time => time !== null);
    return { format: 'baileys', device: readFolder(files, name), changedAt: times.length > 0 ? Math.max(...times) : null };
  }
  const text = content.toString('utf8');
  const [firstLine = ''] = text.split('\n', 1);
  if (firstLine.includes(`"${STREAM_FORMAT}"`)) return { format: 'wabus', device: readStream(text), changedAt: null };
  const value = jsonOf(posix.basename(file), text);
  if (isFazerSession(value)) return { format: 'fazer', device: readFazerSession(value), changedAt: null };
  if (isSingleFile(value)) return { format: 'baileys', device: readSingleFile(value), changedAt: null };
  throw new MigrateError(
    'format',
    `${file} is not a session in a known format: it must be an archive of a folder, a SQLite database or a JSON file of a session.`
  );
}

/**
 * @param {string} text
 * @returns {PortableDevice}
 */
function readStream(text) {
  const reader = new DeviceStreamReader();
  for (const line of text.split('\n')) reader.take(line);
  const { credentials, records, unknown } = reader.end();
  return { credentials, records, unknown: Object.keys(unknown), notes: [] };
}

/**
 * @param {string} folder
 * @param {number} depth
 * @param {string} [below]
 * @returns {string[]} with `/` between folders
 */
function filesBelow(folder, depth, below = '') {
  return readdirSync(join(folder, below), { withFileTypes: true }).flatMap(entry => {
    const path = posix.join(below, entry.name);
    if (entry.isDirectory()) return depth === 0 || PASSED_OVER.has(entry.name) ? [] : filesBelow(folder, depth - 1, path);
    return entry.isFile() && entry.name.endsWith('.json') ? [path] : [];
  });
}

/** A file that has disappeared counts as changed. @param {string} file */
const changeOf = file => (existsSync(file) ? statSync(file).mtimeMs : Date.now());

/**
 * @param {number} changedAt
 * @param {number} beganAt
 */
function requireStill(changedAt, beganAt) {
  if (changedAt <= beganAt) return;
  throw new MigrateError(
    'source',
    `The source changed while it was being read (${new Date(changedAt).toISOString()}): the old gateway is still running. Stop it and start the import again.`
  );
}
