import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { REMEMBERED_DELIVERIES, type DeliveryStore, type ReceivedDelivery } from '../webhooks/delivery.store.js';

const FOLDERS = ['waiting', 'finished', 'given-up'] as const;
/** The number of digits in a time in ms for the next 200 years. */
const DIGITS = 13;

/**
 * A store that keeps deliveries in a folder, with one file for each. It flushes a file to disk before `add` resolves, so that deliveries survive a crash of the
 * process or the machine. Deliveries that the receiver gave up are in `given-up`; to repeat one, move its file to `waiting` and restart. Only one process may
 * use a folder at a time.
 */
export class FileDeliveryStore implements DeliveryStore {
  /** The ids of finished deliveries, oldest first. */
  private readonly finished = new Set<string>();
  private readonly waiting = new Map<string, string>();
  private readonly givenUp = new Set<string>();
  private lastAt = 0;

  /**
   * @param folder the folder, which is created if it does not exist
   * @param remembered the number of ids of finished deliveries to keep, in order to recognize repetitions
   */
  constructor(
    private readonly folder: string,
    private readonly remembered: number = REMEMBERED_DELIVERIES
  ) {}

  /** Returns the unfinished deliveries, oldest first. */
  async unfinished(): Promise<readonly ReceivedDelivery[]> {
    for (const name of FOLDERS) await mkdir(join(this.folder, name), { recursive: true, mode: 0o700 });
    for (const file of await readdir(join(this.folder, 'given-up'))) this.givenUp.add(idOf(file));
    const finished = await Promise.all(
      (await readdir(join(this.folder, 'finished'))).map(async file => ({
        file,
        at: (await stat(join(this.folder, 'finished', file))).mtimeMs
      }))
    );
    for (const { file } of finished.sort((a, b) => a.at - b.at)) this.finished.add(decodeURIComponent(file));
    const deliveries: ReceivedDelivery[] = [];
    for (const file of (await readdir(join(this.folder, 'waiting'))).sort()) {
      const id = idOf(file);
      const path = join(this.folder, 'waiting', file);
      // Either its write was interrupted, so it was not answered, or it was finished but not removed yet.
      if (!file.endsWith('.json') || this.finished.has(id)) await rm(path, { force: true });
      else {
        this.waiting.set(id, file);
        deliveries.push({ id, body: await readFile(path, 'utf8') });
      }
    }
    return deliveries;
  }

  /** Stores a delivery. Resolves to `true` when it is on disk, and to `false` if its id is known. */
  async add({ id, body }: ReceivedDelivery): Promise<boolean> {
    if (this.waiting.has(id) || this.finished.has(id) || this.givenUp.has(id)) return false;
    // The names sort by time of arrival.
    this.lastAt = Math.max(this.lastAt + 1, Date.now());
    const file = `${String(this.lastAt).padStart(DIGITS, '0')}-${encodeURIComponent(id)}.json`;
    const path = join(this.folder, 'waiting', file);
    try {
      await writeFlushed(`${path}.new`, body);
      await rename(`${path}.new`, path);
      await flushFolder(join(this.folder, 'waiting'));
    } catch (error) {
      // The delivery will be repeated and stored under another name. Incomplete files would take up space on a full disk.
      for (const left of [`${path}.new`, path]) await rm(left, { force: true }).catch(() => undefined);
      throw error;
    }
    this.waiting.set(id, file);
    return true;
  }

  /** Marks a delivery as finished: only its id is kept. */
  async finish(id: string): Promise<void> {
    await writeFlushed(join(this.folder, 'finished', encodeURIComponent(id)), '');
    this.finished.add(id);
    await this.remove(id);
    if (this.finished.size <= this.remembered) return;
    for (const oldest of this.finished) {
      this.finished.delete(oldest);
      await rm(join(this.folder, 'finished', encodeURIComponent(oldest)), { force: true });
      return;
    }
  }

  /** Moves a delivery to `given-up`. */
  async giveUp({ id }: ReceivedDelivery): Promise<void> {
    const file = this.waiting.get(id);
    if (file === undefined) return;
    await rename(join(this.folder, 'waiting', file), join(this.folder, 'given-up', file));
    this.givenUp.add(id);
    this.waiting.delete(id);
  }

  private async remove(id: string): Promise<void> {
    const file = this.waiting.get(id);
    if (file !== undefined) await rm(join(this.folder, 'waiting', file), { force: true });
    this.waiting.delete(id);
  }
}

const idOf = (file: string): string => decodeURIComponent(file.slice(DIGITS + 1).replace(/\.json(\.new)?$/, ''));

async function writeFlushed(path: string, text: string): Promise<void> {
  const file = await open(path, 'w', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Flushes the folder, so that a new name survives a power failure. Windows cannot open folders, and does not need this. */
async function flushFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
