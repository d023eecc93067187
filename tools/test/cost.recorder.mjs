// @ts-check
import { appendFileSync, existsSync, readFileSync } from 'node:fs';

/** Names the file that costs are written to. */
const VARIABLE = 'WABUS_TEST_COSTS';
const STAT = '/proc/self/stat';
const TICKS_PER_SECOND = 100;

/**
 * Writes what test files cost, one JSON line each: seconds, and seconds of the processors, own and of processes that ended meanwhile. Those count on a
 * machine that others use as well.
 */
export class CostRecorder {
  #file = process.env[VARIABLE];
  #before = used();

  /**
   * What was used since the last note.
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

/** Linux says what children used; elsewhere nothing is known of them. */
function used() {
  const seconds = performance.now() / 1000;
  if (process.env[VARIABLE] === undefined || !existsSync(STAT)) return [seconds, 0, 0];
  const fields = readFileSync(STAT, 'utf8').split(') ').at(-1)?.split(' ').map(Number) ?? [];
  const [user = 0, system = 0, childUser = 0, childSystem = 0] = fields.slice(11, 15);
  return [seconds, (user + system) / TICKS_PER_SECOND, (childUser + childSystem) / TICKS_PER_SECOND];
}
