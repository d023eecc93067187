// What must survive a crash, in one file: each fact is a line of JSON, and on disk before anything depends on it.
import { open, readFile, rename, writeFile } from 'node:fs/promises';

const DAY_MS = 86_400_000;
/** Ids of messages are forgotten after this time, as WhatsApp no longer accepts edits and deletions of such messages. */
const KEPT_MS = 60 * DAY_MS;
/** What has a life of its own: everything else is kept for ever. */
const AGEING = new Set(['wa', 'cw', 'done']);

/** Values by kind and key. `put` and `drop` resolve when the change is on disk. */
export class Journal {
  #kinds = new Map();
  #file;
  #queue = [];
  #writing = null;

  /** Reads the file, and writes it again without what is obsolete. */
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
    await writeFile(`${path}.new`, lines.join(''), { flush: true });
    await rename(`${path}.new`, path);
    journal.#file = await open(path, 'a');
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
    this.#apply(kind, String(key), value, at);
    return new Promise((resolve, reject) => {
      this.#queue.push({ line: `${JSON.stringify([kind, String(key), value, at])}\n`, resolve, reject });
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

  /** Everything that waits goes to the disk at once. */
  async #write() {
    while (this.#queue.length > 0) {
      const batch = this.#queue.splice(0);
      try {
        await this.#file.appendFile(batch.map(({ line }) => line).join(''));
        await this.#file.datasync();
        for (const { resolve } of batch) resolve();
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    this.#writing = null;
  }
}
