/**
 * Milliseconds since 1970 that never jump: the wall clock as it was when the process began, and the monotonic time since. For times that are stored, or compared with
 * stored ones, and decide how long something waits. What only this process measures uses `performance.now()`.
 */
export function steadyNow(): number {
  return performance.timeOrigin + performance.now();
}

/** The earlier one of wall clock and `steadyNow`, for what is dropped when it is old: a clock that jumps ahead, or a machine that slept, drops nothing too soon. */
export function earliestNow(): number {
  return Math.min(Date.now(), steadyNow());
}

/**
 * A stored time until which something waits, at most `maxMs` from now: whoever stored it may have had another clock, and nobody may wait for its difference.
 */
export function boundedUntil(storedAt: number, maxMs: number, now = steadyNow()): number {
  return Math.min(storedAt, now + maxMs);
}
