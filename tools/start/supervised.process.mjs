// @ts-check
import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, statSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { rotateLog } from './log.rotation.mjs';

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
 * @property {NodeJS.Signals} [stopSignal] asks it to stop; SIGTERM unless given
 * @property {boolean} [outlasts] the others need it until they have stopped: it is started again even then when a signal ends it with them
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
const READY_POLL_MS = 50;

/** @param {number} failures in a row, 1 for the first */
export function backOffMs(failures) {
  return Math.min(FIRST_BACK_OFF_MS * 2 ** (failures - 1), LONGEST_BACK_OFF_MS);
}

/**
 * One process, started again after a short back-off whenever it ends on its own. It runs in a process group of its own, so that Ctrl-C reaches
 * only the supervisor, which then stops everything in order.
 */
export class SupervisedProcess {
  /** @type {import('node:child_process').ChildProcess | null} */
  #child = null;
  /** @type {Promise<void>} */
  #ended = Promise.resolve();
  #stopping = false;
  /** All are being stopped: an end is no fault any more. */
  #winding = false;
  #replacing = false;
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
    const { command, args, env, name } = this.spec;
    const log = this.#openLog();
    const startedAt = Date.now();
    const child = spawn(command, args, { env, detached: true, stdio: ['ignore', log ?? 'ignore', log ?? 'ignore'] });
    if (log !== null) closeSync(log);
    this.#child = child;
    if (child.pid !== undefined) this.#hooks.started(child.pid);
    this.#ended = new Promise(resolve => {
      const end = (/** @type {string} */ how) => {
        if (this.#child !== child) return resolve();
        this.#child = null;
        this.#hooks.ended();
        const cleaned = this.spec.afterEnd?.() ?? Promise.resolve();
        if (!this.#stopping && !this.#replacing) this.#recover(`${name} stopped unexpectedly (${how})`, Date.now() - startedAt);
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
    if (this.#winding) {
      // The signal that ended it went to everything at once, so that the others are stopping now and need it.
      if (this.spec.outlasts && ++this.#failures <= HOPELESS_AFTER) this.start();
      return;
    }
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

  /** All are about to be stopped: from now on only what the others need is started again. */
  windDown() {
    this.#winding = true;
    this.#failures = 0;
    const wasWaiting = this.#restartTimer !== undefined && this.#child === null;
    clearTimeout(this.#restartTimer);
    if (wasWaiting && this.spec.outlasts && !this.#stopping) this.start();
  }

  /** Ends it in order and starts it again. */
  async replace() {
    if (this.#stopping || this.#winding || this.#replacing || this.#child === null) return;
    this.#replacing = true;
    await this.#end();
    this.#replacing = false;
    if (!this.#stopping && (!this.#winding || this.spec.outlasts)) this.start();
  }

  /** Asks it to stop and settles when it has; kills it when the limit is over. */
  async stop() {
    this.#stopping = true;
    clearTimeout(this.#restartTimer);
    await this.#end();
  }

  async #end() {
    this.#signal(this.spec.stopSignal ?? 'SIGTERM');
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

  /**
   * Rotates its log when that has become too large.
   * @param {import('./log.rotation.mjs').LogLimits} limits
   */
  rotateLog(limits) {
    if (rotateLog(this.spec.logFile, limits)) this.#logOffset = 0;
  }

  /** Without a log, as on a full disk, it runs anyway. */
  #openLog() {
    const { logFile } = this.spec;
    try {
      const log = openSync(logFile, 'a', 0o600);
      this.#logOffset = statSync(logFile).size;
      return log;
    } catch {
      return null;
    }
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

  /** @param {NodeJS.Signals} name */
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
