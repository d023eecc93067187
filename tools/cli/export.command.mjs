// @ts-check
import { createWriteStream, existsSync, renameSync, rmSync } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { EDGE_OPTIONS, EDGE_USAGE, readCommandLine } from './cli-arguments.codec.mjs';
import { callEdge, edgeAccess } from './edge.access.mjs';

const USAGE = `wabus export SESSION --to FILE [options]
Writes the credentials and keys of a stopped session to a file that only you can read. \`wabus import\` imports it.
Anyone who has the file can act as the account. Connectors permit the export only with WABUS_CREDENTIALS_EXPORT=true.

  --to FILE       a new file
${EDGE_USAGE}`;

/** @param {readonly string[]} args */
export async function run(args) {
  const options = /** @type {const} */ ({ ...EDGE_OPTIONS, to: { type: 'string' } });
  const { values, positionals, help } = readCommandLine(args, options, { positionals: ['SESSION'], usage: USAGE });
  if (help) {
    console.log(USAGE);
    return true;
  }
  const [session = ''] = positionals;
  if (!values.to) throw new Error('Set --to to the path of a new file.');
  if (existsSync(values.to)) throw new Error(`${values.to} exists. Choose another file: nothing is overwritten.`);
  const response = await callEdge(edgeAccess(values, process.env), `/api/sessions/${encodeURIComponent(session)}/export`, {
    method: 'POST'
  });
  if (response.body === null) throw new Error('The edge answered without a body.');
  const draft = `${values.to}.part`;
  try {
    await pipeline(Readable.from(response.body), createWriteStream(draft, { mode: 0o600, flags: 'wx' }));
    renameSync(draft, values.to);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
  console.log(`exported to ${values.to}. Keep it secret, and never run the session in two places.`);
  return true;
}
