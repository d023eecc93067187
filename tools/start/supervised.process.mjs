// @ts-check
import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, statSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { rotateLog } from './log.rotation.mjs';

/**
 * How to run a process and keep it running.
 * @typedef {object} ProcessSpec
 * @property {string} name the name in messages
 * @property {string} command
 * @property {string[]} args
 * @property {NodeJS.ProcessEnv} env
 * @property {string} logFile receives both output streams
 * @property {() => Promise<boolean>} isReady whether the process is ready; a rejection means that it is not
 * @property {number} stopLimitMs the time limit for an orderly stop
 * @property {NodeJS.Signals} [stopSignal] requests an orderly stop; SIGTERM if missing
 * @property {boolean} [outlasts] the other processes need it until they have stopped, so it is restarted even if a signal ends it together with
 * them
 * @property {() => Promise<void>} [afterEnd] cleans up what the process left outside, each time it has ended
 */

/**
 * The events of a supervised process.
 * @typedef {object} Hooks
 * @property {(pid: number) => void} started
 * @property {() => void} ended
 * @property {(text: string, lastLines: string[]) => void} died it ended without a request and will be restarted
 */

/** A process that ran for this long has recovered: the next failure counts as the first again. */
const RECOVERED_AFTER_MS = 30_000;
const FIRST_BACK_OFF_MS = 500;
const LONGEST_BACK_OFF_MS = 10_000;
/** After this many consecutive failures of a process that was never ready, another start would not help. */
const HOPELESS_AFTER = 3;
const READY_POLL_MS = 50;

/** @param {number} failures consecutive failures, 1 for the first */
export function backOffMs(failures) {
  return Math.min(FIRST_BACK_OFF_MS * 2 ** (failures - 1), LONGEST_BACK_OFF_MS);
}

/**
 * One process, which is restarted after a short back-off whenever it ends unexpectedly. It runs in a separate process group, so that Ctrl-C
 * reaches only the supervisor, which then stops everything in order.
 */
export class SupervisedProcess {
  /** @type {import('node:child_process').ChildProcess | null} */
  #child = null;
  /** @type {Promise<void>} */
  #ended = Promise.resolve();
  #stopping = false;
  /** All processes are being stopped: the end of one is no longer a failure. */
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
      // The signal that ended it reached all processes at once: the others are stopping now and still need it.
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
   * Settles when the process is ready.
   * @param {number} limitMs
   * @throws {Error} with its last log lines if it is not ready in time or cannot be kept running
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

  /** Prepares for stopping all processes: from now on, only a process that the others need is restarted. */
  windDown() {
    this.#winding = true;
    this.#failures = 0;
    const wasWaiting = this.#restartTimer !== undefined && this.#child === null;
    clearTimeout(this.#restartTimer);
    if (wasWaiting && this.spec.outlasts && !this.#stopping) this.start();
  }

  /** Stops the process in order and starts it again. */
  async replace() {
    if (this.#stopping || this.#winding || this.#replacing || this.#child === null) return;
    this.#replacing = true;
    await this.#end();
    this.#replacing = false;
    if (!this.#stopping && (!this.#winding || this.spec.outlasts)) this.start();
  }

  /** Requests an orderly stop and settles when the process has ended. Kills it after the time limit. */
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

  /** Kills the process immediately. */
  kill() {
    this.#stopping = true;
    clearTimeout(this.#restartTimer);
    this.#signal('SIGKILL');
  }

  /**
   * Rotates the log if it has become too large.
   * @param {import('./log.rotation.mjs').LogLimits} limits
   */
  rotateLog(limits) {
    if (rotateLog(this.spec.logFile, limits)) this.#logOffset = 0;
  }

  /** If the log cannot be opened, for example on a full disk, the process runs without it. */
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

  /** Returns the log since the last start. */
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
      // SIGKILL is sent to the whole group, because a killed process cannot end its own children.
      process.kill(name === 'SIGKILL' ? -pid : pid, name);
    } catch {
      // It ended in the meantime.
    }
  }
}
