import type { BreakerState } from '@wabus/contracts';
import { retryDelayMs, type RetrySchedule } from './verdict.table.js';

/** The breaker of one endpoint. Times are in ms since 1970, so that they remain valid on the next edge. */
export interface Breaker {
  /** The number of consecutive failed attempts. */
  readonly failures: number;
  /** The number of times it has opened since the last successful attempt. */
  readonly opened: number;
  /** When a trial attempt is permitted; `null` while the breaker is closed. */
  readonly until: number | null;
}

export const CLOSED: Breaker = { failures: 0, opened: 0, until: null };

export function breakerStateOf({ until }: Breaker, now: number): BreakerState {
  if (until === null) return 'closed';
  return now >= until ? 'half-open' : 'open';
}

/** Returns how many attempts may be in progress at once. */
export function permitted(breaker: Breaker, now: number, parallel: number): number {
  switch (breakerStateOf(breaker, now)) {
    case 'closed':
      return parallel;
    case 'half-open':
      return 1;
    case 'open':
      return 0;
  }
}

/** Returns the breaker after a failed attempt. It opens after `limit` consecutive failures, and again after each failed trial, for longer each time. */
export function afterFailure(breaker: Breaker, now: number, options: RetrySchedule & { limit: number; random?: () => number }): Breaker {
  const failures = breaker.failures + 1;
  // Attempts that were in progress when the breaker opened add no information.
  if (breakerStateOf(breaker, now) === 'open') return { ...breaker, failures };
  if (failures < options.limit) return { ...breaker, failures };
  const opened = breaker.opened + 1;
  return { failures, opened, until: now + retryDelayMs(opened, options, options.random) };
}
