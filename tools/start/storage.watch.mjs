// @ts-check
import { freeSpace } from './data-folder.mjs';

const LOOK_EVERY_MS = 5_000;
/** Less than this is no room: NATS would fill it at once. */
const ROOM_BYTES = 64 * 2 ** 20;
/** So often in a row there must be room and NATS store nothing: NATS may just have been slow. */
const LOOKS = 2;
/** After a restart NATS gets this much time to store again before the next. */
const PAUSE_MS = 60_000;

/** What was seen at one look. @typedef {{ notStored: string[], freeBytes: number, at: number }} StorageLook */

/**
 * Decides from look to look: a server that stores nothing although its disk has room does so again only after a restart (nats-server#6211).
 */
export class StorageWatchState {
  #looks = 0;
  #restartedAt = -Infinity;
  #told = false;

  /**
   * @param {StorageLook} look
   * @returns {'nothing' | 'full' | 'restart'} `full` is said once for each time that the disk is full
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
 * Looks after the server that `npm start` runs: asks connectors and edges what is not stored, and restarts the server when its disk has room again.
 * @param {object} options
 * @param {string} options.folder where the server stores
 * @param {readonly string[]} options.healthUrls of connectors and edges
 * @param {() => Promise<void>} options.restart
 * @param {(text: string) => void} options.tell
 * @param {AbortSignal} options.signal ends it
 */
export function watchStorage({ folder, healthUrls, restart, tell, signal }) {
  const state = new StorageWatchState();
  let busy = false;
  const look = async () => {
    const notStored = [...new Set((await Promise.all(healthUrls.map(notStoredAt))).flat())].sort();
    const freeBytes = freeSpace(folder);
    const verdict = signal.aborted ? 'nothing' : state.judge({ notStored, freeBytes, at: performance.now() });
    if (verdict === 'full')
      tell(`✗ The disk of ${folder} is full: NATS cannot store data in ${notStored.join(', ')}. Everything resumes once there is room.`);
    if (verdict !== 'restart') return;
    tell(`nats-server cannot store data in ${notStored.join(', ')} although its disk has room: restarting it`);
    await restart();
  };
  const timer = setInterval(() => {
    if (busy) return;
    busy = true;
    // Nothing that fails here may end what runs: the next look comes.
    void look()
      .catch(() => undefined)
      .finally(() => (busy = false));
  }, LOOK_EVERY_MS);
  timer.unref();
  signal.addEventListener('abort', () => clearInterval(timer));
}

/**
 * @param {string} healthUrl
 * @returns {Promise<string[]>} streams; none when the process does not answer
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
