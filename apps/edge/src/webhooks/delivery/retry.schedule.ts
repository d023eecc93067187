export interface RetrySchedule {
  readonly retryBaseMs: number;
  readonly retryCapMs: number;
}

/**
 * How long to wait after failed attempt number `attempt` (from 1): doubling up to the cap, of which a random half is taken off, so that endpoints that failed
 * together are not tried together.
 */
export function retryDelayMs(attempt: number, { retryBaseMs, retryCapMs }: RetrySchedule, random: () => number = Math.random): number {
  const full = Math.min(retryCapMs, retryBaseMs * 2 ** Math.min(attempt - 1, 30));
  return Math.round(full * (1 - random() / 2));
}
