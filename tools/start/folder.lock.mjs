// @ts-check
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { endProcesses, identify, isAlive } from '../process/process-identity.mjs';

/** @typedef {import('../process/process-identity.mjs').ProcessIdentity} ProcessIdentity */

/**
 * The contents of the lock file: which process holds the folder, the URL at which it serves, and which processes it has started.
 * @typedef {{ owner: ProcessIdentity, url: string | null, children: ProcessIdentity[] }} Holding
 */

/** The time limit for processes that a killed run left behind to end. */
const LEFTOVER_LIMIT_MS = 10_000;

/**
 * Claims a data folder for this process. If an earlier run was killed, the processes it left behind are ended first.
 * @param {string} file
 * @param {(text: string) => void} tell
 * @param {string} [command] the npm command that was started, for the remedy
 * @returns {Promise<FolderLock>}
 * @throws {Error} if another run holds the folder
 */
export async function claimFolder(file, tell, command = 'npm start') {
  const owner = identify(process.pid);
  if (!owner) throw new Error('this process cannot find its own start time');
  for (;;) {
    const lock = new FolderLock(file, owner);
    if (lock.tryCreate()) return lock;
    const holding = readHolding(file);
    if (holding && isAlive(holding.owner)) {
      const where = holding.url ? `, serving ${holding.url}` : '';
      throw new Error(
        `Wabus is already running from this folder: process ${holding.owner.pid}${where}.\n` +
          `Stop it with Ctrl-C in its terminal or with: kill ${holding.owner.pid}\n` +
          `To run a second instance: ${command} -- --data OTHER-FOLDER --port OTHER-PORT`
      );
    }
    const leftovers = (holding?.children ?? []).filter(isAlive);
    if (leftovers.length > 0) {
      tell(`stopping ${leftovers.length} processes left over from a killed run`);
      await endProcesses(leftovers, LEFTOVER_LIMIT_MS);
    }
    rmSync(file, { force: true });
  }
}

/** A claimed folder. The file lists the child processes, so that the next run can end them after a crash. */
export class FolderLock {
  /** @type {Map<string, ProcessIdentity>} */
  #children = new Map();
  /** @type {string | null} */
  #url = null;
  #file;
  #owner;

  /**
   * @param {string} file
   * @param {ProcessIdentity} owner
   */
  constructor(file, owner) {
    this.#file = file;
    this.#owner = owner;
  }

  /** @returns {boolean} false if the file already exists */
  tryCreate() {
    try {
      writeFileSync(this.#file, this.#text(), { flag: 'wx', mode: 0o600 });
      return true;
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
      throw error;
    }
  }

  /** @param {string} url */
  setUrl(url) {
    this.#url = url;
    this.#save();
  }

  /**
   * @param {string} name
   * @param {number} pid
   */
  setChild(name, pid) {
    const identity = identify(pid);
    if (!identity) return;
    this.#children.set(name, identity);
    this.#save();
  }

  /** @param {string} name */
  removeChild(name) {
    if (this.#children.delete(name)) this.#save();
  }

  release() {
    rmSync(this.#file, { force: true });
  }

  /** A full disk must not end the process: the file is then out of date until the next change. */
  #save() {
    try {
      writeFileSync(`${this.#file}.draft`, this.#text(), { mode: 0o600 });
      renameSync(`${this.#file}.draft`, this.#file);
    } catch {
      rmSync(`${this.#file}.draft`, { force: true });
    }
  }

  #text() {
    /** @type {Holding} */
    const holding = { owner: this.#owner, url: this.#url, children: [...this.#children.values()] };
    return JSON.stringify(holding);
  }
}

/**
 * Whether a run holds the folder of this lock. A lock that a killed run left behind does not count.
 * @param {string} file
 */
export function isHeld(file) {
  const holding = readHolding(file);
  return holding !== null && isAlive(holding.owner);
}

/**
 * @param {string} file
 * @returns {Holding | null}
 */
function readHolding(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}
