/**
 * Returns a time in milliseconds since 1970 that never jumps: the wall clock at the start of the process plus the monotonic time since then. Use it for times
 * that are stored or compared with stored times and that decide how long something waits. For times that only this process measures, use `performance.now()`.
 */
export function steadyNow(): number {
  return performance.timeOrigin + performance.now();
}

/**
 * Returns the earlier of the wall clock and `steadyNow`. Use it to decide what is old enough to drop: nothing is dropped too early after the clock jumps ahead
 * or the machine sleeps.
 */
export function earliestNow(): number {
  return Math.min(Date.now(), steadyNow());
}

/**
 * Returns a stored deadline, limited to `maxMs` from now. The process that stored it may have a different clock, and the difference must not prolong the wait.
 */
export function boundedUntil(storedAt: number, maxMs: number, now = steadyNow()): number {
  return Math.min(storedAt, now + maxMs);
}
