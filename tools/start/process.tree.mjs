// @ts-check
import { SupervisedProcess } from './supervised.process.mjs';

/** @typedef {import('./supervised.process.mjs').ProcessSpec} ProcessSpec */

/** The time limit for one stage to become ready. */
const READY_LIMIT_MS = 60_000;
const LOG_LOOK_MS = 2_000;

/** Processes in stages that are stopped in reverse order: a stage stops when the next one has stopped. */
export class ProcessTree {
  /** @type {SupervisedProcess[][]} */
  #stages = [];
  #stopping = false;
  #lock;
  #tell;
  #logLimits;

  /**
   * @param {{ setChild(name: string, pid: number): void, removeChild(name: string): void }} lock records which processes are running
   * @param {(text: string) => void} tell prints a line
   * @param {import('./log.rotation.mjs').LogLimits} logLimits
   */
  constructor(lock, tell, logLimits) {
    this.#lock = lock;
    this.#tell = tell;
    this.#logLimits = logLimits;
    setInterval(() => this.#rotateLogs(), LOG_LOOK_MS).unref();
    process.on('exit', () => this.kill());
  }

  /**
   * Starts one more stage and settles when all its processes are ready.
   * @param {ProcessSpec[]} specs
   * @returns {Promise<SupervisedProcess[]>}
   * @throws {Error} with the last log lines of the process that is not ready
   */
  async startStage(specs) {
    if (this.#stopping) throw new Error('stopped');
    const stage = specs.map(spec => new SupervisedProcess(spec, this.#hooks(spec.name)));
    this.#stages.push(stage);
    this.#rotateLogs();
    for (const supervised of stage) supervised.start();
    await Promise.all(stage.map(supervised => supervised.awaitReady(READY_LIMIT_MS)));
    return stage;
  }

  /**
   * Stops everything, the last stage first.
   * @param {(names: string) => void} onStage receives the names of the processes that are being stopped
   */
  async stop(onStage) {
    this.#stopping = true;
    for (const supervised of this.#stages.flat()) supervised.windDown();
    for (const stage of [...this.#stages].reverse()) {
      const names = stage.filter(supervised => supervised.running).map(supervised => supervised.spec.name);
      if (names.length > 0) onStage(names.join(', '));
      await Promise.all(stage.map(supervised => supervised.stop()));
    }
  }

  /** Kills everything immediately. */
  kill() {
    this.#stopping = true;
    for (const supervised of this.#stages.flat()) supervised.kill();
  }

  #rotateLogs() {
    for (const supervised of this.#stages.flat()) {
      try {
        supervised.rotateLog(this.#logLimits);
      } catch (error) {
        this.#tell(`the log of ${supervised.spec.name} cannot be rotated: ${error instanceof Error ? error.message : error}`);
      }
    }
  }

  /** @param {string} name */
  #hooks(name) {
    return {
      started: (/** @type {number} */ pid) => this.#lock.setChild(name, pid),
      ended: () => this.#lock.removeChild(name),
      died: (/** @type {string} */ text, /** @type {string[]} */ lastLines) => {
        this.#tell([`✗ ${text}. Its last lines:`, ...lastLines.map(line => `    ${line}`)].join('\n'));
      }
    };
  }
}
