// A file with everything that must survive a crash. Each entry is a line of JSON, and is on disk before anything depends on it.
import { open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

const DAY_MS = 86_400_000;
/** Ids of messages are deleted after this time, because WhatsApp no longer accepts edits and deletions of such messages. */
const KEPT_MS = 60 * DAY_MS;
/** The kinds of entries that expire. All others are kept forever. */
const AGEING = new Set(['wa', 'cw', 'done']);

/** Values by kind and key. `put` and `drop` resolve when the change is on disk, and `get` returns it from then on. They reject if the disk is full. */
export class Journal {
  #kinds = new Map();
  #file;
  #queue = [];
  #writing = null;
  /** The length of the intact part of the file. */
  #size = 0;
  /** Whether the last write failed, and may have left an incomplete line. */
  #isTorn = false;

  /** Reads the file, and rewrites it without obsolete entries. */
  static async open(path, now = Date.now()) {
    const journal = new Journal();
    const text = await readFile(path, 'utf8').catch(error => {
      if (error.code !== 'ENOENT') throw error;
      return '';
    });
    for (const line of text.split('\n')) journal.#read(line, now);
    const lines = [...journal.#kinds].flatMap(([kind, entries]) =>
      [...entries].map(([key, { value, at }]) => `${JSON.stringify([kind, key, value, at])}\n`)
    );
    // A file that a crash has left may be readable by others.
    await rm(`${path}.new`, { force: true });
    await writeFile(`${path}.new`, lines.join(''), { flush: true, mode: 0o600 });
    await rename(`${path}.new`, path);
    await flushFolder(dirname(path));
    journal.#file = await open(path, 'a');
    ({ size: journal.#size } = await journal.#file.stat());
    return journal;
  }

  get(kind, key) {
    return this.#kinds.get(kind)?.get(String(key))?.value;
  }

  /** The keys and values of a kind, oldest first. */
  entries(kind) {
    return [...(this.#kinds.get(kind) ?? [])].map(([key, { value }]) => [key, value]);
  }

  put(kind, key, value) {
    const at = Date.now();
    return new Promise((resolve, reject) => {
      this.#queue.push({ entry: [kind, String(key), value, at], resolve, reject });
      this.#writing ??= this.#write();
    });
  }

  drop(kind, key) {
    return this.put(kind, key, null);
  }

  async close() {
    await this.#writing;
    await this.#file.close();
  }

  #read(line, now) {
    let entry;
    try {
      entry = JSON.parse(line);
    } catch {
      return; // The end of the file, or a line that a crash has cut off: nothing depends on it yet.
    }
    const [kind, key, value, at] = entry;
    if (!AGEING.has(kind) || now - at < KEPT_MS) this.#apply(kind, key, value, at);
  }

  #apply(kind, key, value, at) {
    const entries = this.#kinds.get(kind) ?? new Map();
    this.#kinds.set(kind, entries);
    if (value === null) entries.delete(key);
    else entries.set(key, { value, at });
  }

  /** Writes all waiting entries to disk at once. */
  async #write() {
    while (this.#queue.length > 0) {
      const batch = this.#queue.splice(0);
      try {
        await this.#append(batch.map(({ entry }) => `${JSON.stringify(entry)}\n`).join(''));
        for (const { entry, resolve } of batch) {
          this.#apply(...entry);
          resolve();
        }
      } catch (error) {
        // There may be space again later.
        error.isRetryable = true;
        for (const { reject } of batch) reject(error);
      }
    }
    this.#writing = null;
  }

  async #append(lines) {
    // An incomplete line would corrupt the next one.
    const text = Buffer.from(this.#isTorn ? `\n${lines}` : lines);
    try {
      await this.#file.appendFile(text);
      await this.#file.datasync();
      this.#size += text.length;
      this.#isTorn = false;
    } catch (error) {
      this.#isTorn = await this.#file.truncate(this.#size).then(
        () => false,
        () => true
      );
      if (this.#isTorn) ({ size: this.#size } = await this.#file.stat());
      throw error;
    }
  }
}

/** Flushes the folder, so that a power failure does not restore the previous file. Windows cannot open folders, and does not need this. */
async function flushFolder(path) {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  await folder.sync().finally(() => folder.close());
}
