// @ts-check
import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

/**
 * A process to run and to keep running.
 * @typedef {object} ProcessSpec
 * @property {string} name appears in messages
 * @property {string} command
 * @property {string[]} args
 * @property {NodeJS.ProcessEnv} env
 * @property {string} logFile gets both output streams
 * @property {() => Promise<boolean>} isReady answers whether it serves; a rejection counts as no
 * @property {number} stopLimitMs how long it may take to stop in order
 * @property {() => Promise<void>} [afterEnd] removes what it left outside, each time it has ended
 */

/**
 * What the supervised process tells.
 * @typedef {object} Hooks
 * @property {(pid: number) => void} started
 * @property {() => void} ended
 * @property {(text: string, lastLines: string[]) => void} died it ended without having been asked to; it will be started again
 */

/** A process that lived this long has recovered: the next failure is a first one again. */
const RECOVERED_AFTER_MS = 30_000;
const FIRST_BACK_OFF_MS = 500;
const LONGEST_BACK_OFF_MS = 10_000;
/** Before it was ever ready, this many ends in a row mean that starting again will not help. */
const HOPELESS_AFTER = 3;
const LOG_LIMIT_BYTES = 20_000_000;
const READY_POLL_MS = 50;

/** @param {number} failures in a row, 1 for the first */
export function backOffMs(failures) {
  return Math.min(FIRST_BACK_OFF_MS * 2 ** (failures - 1), LONGEST_BACK_OFF_MS);
}

/**
 * One process, started again after a short back-off whenever it ends by itself. It runs in a process group of its own, so that Ctrl-C reaches
 * only the supervisor, which then stops everything in order.
 */
export class SupervisedProcess {
  /** @type {import('node:child_process').ChildProcess | null} */
  #child = null;
  /** @type {Promise<void>} */
  #ended = Promise.resolve();
  #stopping = false;
  #everReady = false;
  #failures = 0;
  #logOffset = 0;
  /** @type {string | null} */
  #hopeless = null;
  /** @type {NodeJS.Timeout | undefined} */
  #restartTimer;
  #hooks;

  /**
   * @param {ProcessSpec} spec
   * @param {Hooks} hooks
   */
  constructor(spec, hooks) {
    this.spec = spec;
    this.#hooks = hooks;
  }

  start() {
    const { command, args, env, logFile, name } = this.spec;
    if (existsSync(logFile) && statSync(logFile).size > LOG_LIMIT_BYTES) renameSync(logFile, `${logFile}.1`);
    const log = openSync(logFile, 'a', 0o600);
    this.#logOffset = statSync(logFile).size;
    const startedAt = Date.now();
    const child = spawn(command, args, { env, detached: true, stdio: ['ignore', log, log] });
    closeSync(log);
    this.#child = child;
    if (child.pid !== undefined) this.#hooks.started(child.pid);
    this.#ended = new Promise(resolve => {
      const end = (/** @type {string} */ how) => {
        if (this.#child !== child) return resolve();
        this.#child = null;
        this.#hooks.ended();
        const cleaned = this.spec.afterEnd?.() ?? Promise.resolve();
        if (!this.#stopping) this.#recover(`${name} ended by itself (${how})`, Date.now() - startedAt);
        void cleaned.then(resolve);
      };
      child.once('error', error => end(error.message));
      child.once('exit', (code, signal) => end(signal ? `signal ${signal}` : `code ${code}`));
    });
  }

  /**
   * @param {string} text
   * @param {number} livedMs
   */
  #recover(text, livedMs) {
    this.#failures = livedMs > RECOVERED_AFTER_MS ? 1 : this.#failures + 1;
    if (!this.#everReady && this.#failures >= HOPELESS_AFTER) {
      this.#hopeless = text;
      return;
    }
    const waitMs = backOffMs(this.#failures);
    this.#hooks.died(`${text}; starting it again in ${waitMs / 1000} s`, this.lastLines());
    this.#restartTimer = setTimeout(() => this.start(), waitMs);
  }

  /**
   * Settles when the process serves.
   * @param {number} limitMs
   * @throws {Error} with its last log lines when it does not serve in time or cannot be kept running
   */
  async awaitReady(limitMs) {
    const deadline = Date.now() + limitMs;
    while (!this.#stopping) {
      if (this.#child && (await this.spec.isReady().catch(() => false))) {
        this.#everReady = true;
        return;
      }
      if (this.#hopeless !== null) throw this.#failure(`${this.#hopeless}, ${HOPELESS_AFTER} times in a row`);
      if (Date.now() > deadline) throw this.#failure(`${this.spec.name} is not ready after ${limitMs / 1000} s`);
      await delay(READY_POLL_MS);
    }
  }

  /** Asks it to stop and settles when it has; kills it when the limit is over. */
  async stop() {
    this.#stopping = true;
    clearTimeout(this.#restartTimer);
    this.#signal('SIGTERM');
    const timer = setTimeout(() => this.#signal('SIGKILL'), this.spec.stopLimitMs);
    await this.#ended;
    clearTimeout(timer);
  }

  /** Ends it at once. */
  kill() {
    this.#stopping = true;
    clearTimeout(this.#restartTimer);
    this.#signal('SIGKILL');
  }

  get running() {
    return this.#child !== null;
  }

  /** What it has logged since it was last started. */
  output() {
    if (!existsSync(this.spec.logFile)) return '';
    return readFileSync(this.spec.logFile).subarray(this.#logOffset).toString('utf8');
  }

  lastLines(count = 12) {
    return this.output().trimEnd().split('\n').slice(-count);
  }

  /** @param {string} text */
  #failure(text) {
    return new Error(`${text}. Its last lines, from ${this.spec.logFile}:\n${this.lastLines(20).join('\n')}`);
  }

  /** @param {'SIGTERM' | 'SIGKILL'} name */
  #signal(name) {
    const pid = this.#child?.pid;
    if (pid === undefined) return;
    try {
      // SIGKILL goes to the whole group, since a killed process cannot end what it has started.
      process.kill(name === 'SIGKILL' ? -pid : pid, name);
    } catch {
      // It ended in between.
    }
  }
}
