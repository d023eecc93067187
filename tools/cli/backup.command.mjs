// @ts-check
import { mkdirSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { listStreams, saveStream, writeManifest } from '../backup/stream.snapshot.mjs';
import { readSurroundings } from '../doctor/surroundings.reader.mjs';
import { ROOT } from '../install.mjs';
import { connectInRole } from '../nats/role.connection.mjs';
import { releaseOf } from '../release/version.places.mjs';
import { Progress } from '../terminal/progress.mjs';
import { dataFolderOf, readCommandLine } from './cli-arguments.codec.mjs';

const USAGE = `wabus backup --to FOLDER [options]
Copies every Wabus stream and bucket with its consumers into a folder, while Wabus is running.
Credentials in the backup are encrypted. Back up the key file (auth-key) too, in another place: anyone who has both can act as every account.

  --to FOLDER     a new or empty folder
  --data DIR      data folder of npm start (default .wabus); for your own NATS, set WABUS_NATS_URL and the user admin
  --without-media omits files in transit
  --help          this text`;

/** @param {readonly string[]} args */
export async function run(args) {
  const options = /** @type {const} */ ({
    to: { type: 'string' },
    data: { type: 'string' },
    'without-media': { type: 'boolean' },
    help: { type: 'boolean', short: 'h' }
  });
  const { values, help } = readCommandLine(args, options, { positionals: [], usage: USAGE });
  if (help) {
    console.log(USAGE);
    return true;
  }
  if (!values.to) throw new Error('Name the folder with --to.');
  const folder = resolve(values.to);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (readdirSync(folder).length > 0) throw new Error(`${folder} is not empty. Choose another folder: nothing is overwritten.`);
  const { natsUrl, access } = readSurroundings({ env: process.env, dataFolder: dataFolderOf(values.data) });
  if (natsUrl === null) throw new Error('No NATS is configured: set --data to the data folder of npm start, or set WABUS_NATS_URL.');
  const connection = await connectInRole(natsUrl, access('admin')).catch(error => {
    throw new Error(`NATS refuses the connection or does not answer (${error.message}). Start Wabus first; \`wabus doctor\` shows more.`, {
      cause: error
    });
  });
  const progress = new Progress();
  try {
    const names = (await listStreams(connection)).filter(name => !(values['without-media'] && name === 'OBJ_WABUS_MEDIA'));
    if (names.length === 0) throw new Error('This NATS has no Wabus streams.');
    for (const name of names) {
      const step = progress.step(name);
      const { messages, bytes } = await saveStream(connection, name, {
        folder,
        onBytes: (_stream, done) => step.update(`${Math.round(done / 1024)} KiB`)
      });
      step.done(`${name}: ${messages} messages, ${Math.round(bytes / 1024)} KiB`);
    }
    writeManifest(folder, { release: releaseOf(ROOT), streams: names });
    progress.line(`The backup is complete: ${folder}`);
    return true;
  } finally {
    await connection.close();
  }
}
