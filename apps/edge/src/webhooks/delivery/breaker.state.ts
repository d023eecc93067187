import type { BreakerState } from '@wabus/contracts';
import { retryDelayMs, type RetrySchedule } from './verdict.table.js';

/** The breaker of one endpoint. Times in ms since 1970, so that it means the same to the next edge. */
export interface Breaker {
  /** Failed attempts in a row. */
  readonly failures: number;
  /** How often it has opened since an attempt last succeeded. */
  readonly opened: number;
  /** When one attempt is let through; `null` while it is closed. */
  readonly until: number | null;
}

export const CLOSED: Breaker = { failures: 0, opened: 0, until: null };

export function breakerStateOf({ until }: Breaker, now: number): BreakerState {
  if (until === null) return 'closed';
  return now >= until ? 'half-open' : 'open';
}

/** How many attempts may be in progress at once. */
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

/** After a failed attempt. With `limit` failures in a row it opens, and again after each failed trial, for longer each time. */
export function afterFailure(breaker: Breaker, now: number, options: RetrySchedule & { limit: number; random?: () => number }): Breaker {
  const failures = breaker.failures + 1;
  // Attempts that were in progress when it opened say nothing new.
  if (breakerStateOf(breaker, now) === 'open') return { ...breaker, failures };
  if (failures < options.limit) return { ...breaker, failures };
  const opened = breaker.opened + 1;
  return { failures, opened, until: now + retryDelayMs(opened, options, options.random) };
}
