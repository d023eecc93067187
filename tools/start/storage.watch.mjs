// @ts-check
import { freeSpace } from './data-folder.mjs';

const LOOK_EVERY_MS = 5_000;
/** NATS would fill less free space than this immediately. */
const ROOM_BYTES = 64 * 2 ** 20;
/** The number of consecutive checks with free space and a NATS server that stores nothing. A single check may mean that NATS was slow. */
const LOOKS = 2;
/** The time in which a restarted NATS server must start to store again before it is restarted once more. */
const PAUSE_MS = 60_000;

/** The observations of one check. @typedef {{ notStored: string[], freeBytes: number, at: number }} StorageLook */

/** Decides after each check. A server that stores nothing although its disk has space again recovers only with a restart (nats-server#6211). */
export class StorageWatchState {
  #looks = 0;
  #restartedAt = -Infinity;
  #told = false;

  /**
   * @param {StorageLook} look
   * @returns {'nothing' | 'full' | 'restart'} `full` is returned once each time that the disk is full
   */
  judge({ notStored, freeBytes, at }) {
    if (notStored.length === 0) {
      this.#looks = 0;
      this.#told = false;
      return 'nothing';
    }
    if (freeBytes < ROOM_BYTES) {
      this.#looks = 0;
      const isNews = !this.#told;
      this.#told = true;
      return isNews ? 'full' : 'nothing';
    }
    if (at - this.#restartedAt < PAUSE_MS || ++this.#looks < LOOKS) return 'nothing';
    this.#looks = 0;
    this.#restartedAt = at;
    return 'restart';
  }
}

/**
 * Watches the server that `npm start` runs: asks connectors and edges which streams are not stored, and restarts the server when its disk has
 * space again.
 * @param {object} options
 * @param {string} options.folder the server's storage folder
 * @param {readonly string[]} options.healthUrls of connectors and edges
 * @param {() => Promise<void>} options.restart
 * @param {(text: string) => void} options.tell
 * @param {AbortSignal} options.signal ends the watch
 */
export function watchStorage({ folder, healthUrls, restart, tell, signal }) {
  const state = new StorageWatchState();
  let busy = false;
  const look = async () => {
    const notStored = [...new Set((await Promise.all(healthUrls.map(notStoredAt))).flat())].sort();
    const freeBytes = freeSpace(folder);
    const verdict = signal.aborted ? 'nothing' : state.judge({ notStored, freeBytes, at: performance.now() });
    if (verdict === 'full')
      tell(`✗ The disk of ${folder} is full: NATS cannot store data in ${notStored.join(', ')}. Everything resumes when there is space.`);
    if (verdict !== 'restart') return;
    tell(`nats-server cannot store data in ${notStored.join(', ')} although its disk has room: restarting it`);
    await restart();
  };
  const timer = setInterval(() => {
    if (busy) return;
    busy = true;
    // A failed check must not end the process; another check follows.
    void look()
      .catch(() => undefined)
      .finally(() => (busy = false));
  }, LOOK_EVERY_MS);
  timer.unref();
  signal.addEventListener('abort', () => clearInterval(timer));
}

/**
 * @param {string} healthUrl
 * @returns {Promise<string[]>} the streams; none if the process does not respond
 */
async function notStoredAt(healthUrl) {
  try {
    const response = await fetch(healthUrl, { signal: AbortSignal.timeout(4_000) });
    /** @type {{ checks?: { broker?: { details?: { notStored?: string[] } } } }} */
    const { checks } = await response.json();
    return checks?.broker?.details?.notStored ?? [];
  } catch {
    return [];
  }
}
