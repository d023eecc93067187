// @ts-check
import { once } from 'node:events';
import { closeSync, createWriteStream, openSync, readFileSync, readSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { askJetStream } from '../nats/role.connection.mjs';

/** @typedef {import('@nats-io/transport-node').NatsConnection} NatsConnection */
/** @typedef {(stream: string, bytes: number, of: number) => void} OnBytes */

const CHUNK_BYTES = 128 * 1024;
const CHUNK_LIMIT_MS = 30_000;
const MANIFEST = 'backup.json';
const OURS = /^(WABUS_|KV_WABUS_|OBJ_WABUS_)/;

/**
 * Returns the names of the Wabus streams on a server.
 * @param {NatsConnection} connection
 * @returns {Promise<string[]>}
 */
export async function listStreams(connection) {
  const names = [];
  for (let total = 1; names.length < total;) {
    const page = await askJetStream(connection, 'STREAM.NAMES', { offset: names.length });
    names.push(...(page.streams ?? []));
    total = page.total;
    if (!page.streams?.length) break;
  }
  return names.filter(name => OURS.test(name)).sort();
}

/**
 * Copies a stream with its consumers into two files while the stream is in use: `<stream>.json` and `<stream>.snapshot`, in the form of
 * JetStream's snapshot API (docs.nats.io, "JetStream wire API": STREAM.SNAPSHOT).
 * @param {NatsConnection} connection
 * @param {string} stream
 * @param {{ folder: string, onBytes: OnBytes }} options
 * @returns {Promise<{ messages: number, bytes: number }>}
 */
export async function saveStream(connection, stream, { folder, onBytes }) {
  const { createInbox } = await import('@nats-io/transport-node');
  const inbox = createInbox();
  const chunks = connection.subscribe(inbox, { timeout: CHUNK_LIMIT_MS });
  const { config, state } = await askJetStream(connection, `STREAM.SNAPSHOT.${stream}`, {
    deliver_subject: inbox,
    chunk_size: CHUNK_BYTES
  });
  const file = createWriteStream(join(folder, `${stream}.snapshot`), { mode: 0o600, flags: 'wx' });
  let bytes = 0;
  let isWhole = false;
  for await (const message of chunks) {
    if (message.data.length === 0) {
      const { code = 204, description = '' } = message.headers ?? {};
      if (code >= 400) throw new Error(`${stream}: ${description}`);
      isWhole = true;
      break;
    }
    if (!file.write(message.data)) await once(file, 'drain');
    bytes += message.data.length;
    onBytes(stream, bytes, state.bytes);
    // The server sends further chunks only after an acknowledgement.
    message.respond();
  }
  file.end();
  await once(file, 'close');
  if (!isWhole) throw new Error(`${stream}: the server stopped sending after ${bytes} bytes`);
  writeFileSync(join(folder, `${stream}.json`), `${JSON.stringify({ config, state }, null, 2)}\n`, { mode: 0o600 });
  return { messages: state.messages, bytes };
}

/**
 * Restores a saved stream. No stream with this name may exist.
 * @param {NatsConnection} connection
 * @param {string} stream
 * @param {{ folder: string, replicas: number | null, onBytes: OnBytes }} options `replicas`: replaces the stream's own number of replicas
 * unless `null`
 */
export async function restoreStream(connection, stream, { folder, replicas, onBytes }) {
  const { config, state } = JSON.parse(readFileSync(join(folder, `${stream}.json`), 'utf8'));
  const wanted = replicas === null ? config : { ...config, num_replicas: replicas };
  const { deliver_subject: subject } = await askJetStream(connection, `STREAM.RESTORE.${stream}`, { config: wanted, state });
  const path = join(folder, `${stream}.snapshot`);
  const size = statSync(path).size;
  const file = openSync(path, 'r');
  try {
    const chunk = Buffer.alloc(CHUNK_BYTES);
    for (let sent = 0, length = 1; length > 0; sent += length) {
      length = readSync(file, chunk, 0, CHUNK_BYTES, null);
      // The last request is empty. Its response reports whether the stream was restored.
      const answer = await connection.request(subject, Uint8Array.from(chunk.subarray(0, length)), { timeout: CHUNK_LIMIT_MS });
      const { error } = answer.data.length > 0 ? answer.json() : { error: undefined };
      if (error) throw new Error(`${stream}: ${error.description}`);
      onBytes(stream, Math.min(size, sent + length), size);
    }
  } finally {
    closeSync(file);
  }
}

/**
 * @param {string} folder
 * @param {{ release: string, streams: string[] }} facts
 */
export function writeManifest(folder, facts) {
  writeFileSync(join(folder, MANIFEST), `${JSON.stringify({ format: 1, madeAt: new Date().toISOString(), ...facts }, null, 2)}\n`, {
    mode: 0o600
  });
}

/**
 * @param {string} folder
 * @returns {{ madeAt: string, release: string, streams: string[] }}
 * @throws {Error} if the folder is not a complete backup
 */
export function readManifest(folder) {
  try {
    const { format, ...facts } = JSON.parse(readFileSync(join(folder, MANIFEST), 'utf8'));
    if (format === 1) return facts;
  } catch {
    // The manifest is written last: if it is missing, the backup was interrupted.
  }
  throw new Error(`${folder} is not a complete backup: its ${MANIFEST} is missing or was written by a newer release.`);
}
