// @ts-check
import { appendFileSync, existsSync, readFileSync } from 'node:fs';

/** The variable with the name of the file to which costs are written. */
const VARIABLE = 'WABUS_TEST_COSTS';
const STAT = '/proc/self/stat';
const TICKS_PER_SECOND = 100;

/**
 * Records the costs of test files as JSON lines: elapsed seconds, and CPU seconds of this process and of child processes that have ended. CPU
 * time is meaningful even if the machine runs other work.
 */
export class CostRecorder {
  #file = process.env[VARIABLE];
  #before = used();

  /**
   * Records the costs since the last call.
   * @param {string} name
   */
  note(name) {
    if (this.#file === undefined) return;
    const now = used();
    const [seconds, own, children] = now.map((value, i) => Number((value - Number(this.#before[i])).toFixed(2)));
    this.#before = now;
    appendFileSync(this.#file, `${JSON.stringify({ name, seconds, own, children })}\n`);
  }
}

/** Only Linux reports the CPU time of child processes. */
function used() {
  const seconds = performance.now() / 1000;
  if (process.env[VARIABLE] === undefined || !existsSync(STAT)) return [seconds, 0, 0];
  const fields = readFileSync(STAT, 'utf8').split(') ').at(-1)?.split(' ').map(Number) ?? [];
  const [user = 0, system = 0, childUser = 0, childSystem = 0] = fields.slice(11, 15);
  return [seconds, (user + system) / TICKS_PER_SECOND, (childUser + childSystem) / TICKS_PER_SECOND];
}
