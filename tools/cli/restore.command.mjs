// @ts-check
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { listStreams, readManifest, restoreStream } from '../backup/stream.snapshot.mjs';
import { readSurroundings } from '../doctor/surroundings.reader.mjs';
import { connectInRole } from '../nats/role.connection.mjs';
import { openDataFolder } from '../start/data-folder.mjs';
import { claimFolder } from '../start/folder.lock.mjs';
import { startNats } from '../start/nats-server.stage.mjs';
import { ProcessTree } from '../start/process.tree.mjs';
import { Progress } from '../terminal/progress.mjs';
import { dataFolderOf, readCommandLine } from './cli-arguments.codec.mjs';

const USAGE = `wabus restore --from FOLDER [options]
Restores a backup into a NATS without Wabus streams. Stop connectors and edges first.
With npm start: copy the old file auth-key into the data folder, restore, then start. Sessions from a backup that is hours old may need a new QR code.

  --from FOLDER   a folder that wabus backup has written
  --data DIR      data folder of npm start (default .wabus); for your own NATS, set WABUS_NATS_URL and the user admin
  --replicas N    replicas of every stream, if the new NATS has more or fewer servers
  --help          this text`;

/** @param {readonly string[]} args */
export async function run(args) {
  const options = /** @type {const} */ ({
    from: { type: 'string' },
    data: { type: 'string' },
    replicas: { type: 'string' },
    help: { type: 'boolean', short: 'h' }
  });
  const { values, help } = readCommandLine(args, options, { positionals: [], usage: USAGE });
  if (help) {
    console.log(USAGE);
    return true;
  }
  if (!values.from) throw new Error('Name the folder with --from.');
  const replicas = values.replicas === undefined ? null : Number(values.replicas);
  if (replicas !== null && ![1, 3, 5].includes(replicas)) throw new Error('--replicas must be 1, 3 or 5.');
  const folder = resolve(values.from);
  const { streams, madeAt } = readManifest(folder);
  const progress = new Progress();
  progress.line(`backup of ${madeAt}, ${streams.length} streams`);
  const target = await openTarget(dataFolderOf(values.data), progress);
  try {
    const present = await listStreams(target.connection);
    if (present.length > 0)
      throw new Error(`This NATS already has ${present.join(', ')}. Restore into an empty NATS: nothing is overwritten.`);
    for (const stream of streams) {
      const step = progress.step(stream);
      await restoreStream(target.connection, stream, {
        folder,
        replicas,
        onBytes: (_name, done, of) => step.update(`${Math.round((100 * done) / Math.max(1, of))} %`)
      });
      step.done();
    }
    progress.line('Everything is restored. Start Wabus now.');
    return true;
  } finally {
    await target.close();
  }
}

/**
 * Opens a connection to the NATS server to restore into: the configured one, or the server of the data folder, which runs only during the
 * restore.
 * @param {string} dataFolder
 * @param {Progress} progress
 */
async function openTarget(dataFolder, progress) {
  const { natsUrl, ownNats, access } = readSurroundings({ env: process.env, dataFolder });
  if (natsUrl !== null && !ownNats) {
    const connection = await connectInRole(natsUrl, access('admin'));
    return { connection, close: () => connection.close() };
  }
  if (!existsSync(join(dataFolder, 'auth-key')))
    throw new Error(
      `Copy the file auth-key of the backed-up installation to ${join(dataFolder, 'auth-key')} first: without it, no restored session can log in.`
    );
  const data = openDataFolder(dataFolder);
  const lock = await claimFolder(data.lock, text => progress.line(text));
  const tree = new ProcessTree(lock, text => progress.line(text), { maxBytes: 20_000_000, keep: 4 });
  try {
    const { nats } = await startNats(tree, data, { sizes: {}, progress });
    const connection = await connectInRole(nats.url, readSurroundings({ env: process.env, dataFolder }).access('admin'));
    const close = async () => {
      await connection.close();
      await tree.stop(() => undefined);
      lock.release();
    };
    return { connection, close };
  } catch (error) {
    await tree.stop(() => undefined);
    lock.release();
    throw error;
  }
}
