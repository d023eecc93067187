// @ts-check
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { EDGE_OPTIONS, EDGE_USAGE, readCommandLine } from './cli-arguments.codec.mjs';
import { callEdge, edgeAccess } from './edge.access.mjs';

const USAGE = `wabus send SESSION TO [TEXT] [options]
Sends a text, or a file with an optional caption. TO is a phone number with country code, or a jid.

  --file FILE     an image, a video, an audio file or any document
  --key KEY       idempotency key: with the same key, the message is sent only once (default: a new key)
${EDGE_USAGE}`;

const KINDS = /** @type {Record<string, string>} */ ({
  jpg: 'image',
  jpeg: 'image',
  png: 'image',
  webp: 'image',
  mp4: 'video',
  ogg: 'audio',
  opus: 'audio',
  mp3: 'audio',
  m4a: 'audio'
});

/** @param {readonly string[]} args */
export async function run(args) {
  const options = /** @type {const} */ ({ ...EDGE_OPTIONS, file: { type: 'string' }, key: { type: 'string' } });
  const { values, positionals, help } = readCommandLine(args, options, {
    positionals: ['SESSION', 'TO', 'TEXT'],
    optional: 1,
    usage: USAGE
  });
  if (help) {
    console.log(USAGE);
    return true;
  }
  const [session = '', to = '', text] = positionals;
  const { file, key } = values;
  if (text === undefined && file === undefined) throw new Error('There is nothing to send: give a TEXT or --file.');
  const access = edgeAccess(values, process.env);
  const content = file === undefined ? { text } : await uploaded(access, session, { file, caption: text });
  const response = await callEdge(access, `/api/sessions/${encodeURIComponent(session)}/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': key ?? randomUUID() },
    body: JSON.stringify({ jid: to, content })
  });
  const { result } = await response.json();
  console.log(`sent: ${result?.key?.id ?? 'accepted'}`);
  return true;
}

/**
 * @param {{ url: string, token: string }} access
 * @param {string} session
 * @param {{ file: string, caption: string | undefined }} options
 */
async function uploaded(access, session, { file, caption }) {
  const name = basename(file);
  const kind = KINDS[name.split('.').at(-1)?.toLowerCase() ?? ''] ?? 'document';
  const response = await callEdge(access, `/api/sessions/${encodeURIComponent(session)}/media?fileName=${encodeURIComponent(name)}`, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: readFileSync(file)
  });
  const { media } = await response.json();
  return { [kind]: { media }, ...(caption === undefined ? {} : { caption }), ...(kind === 'document' ? { fileName: name } : {}) };
}
