import type { WabusError } from '../errors/wabus.error.js';

/** Waits between attempts: from `firstMs`, doubling up to `lastMs`. */
export interface RetryWaits {
  readonly firstMs: number;
  readonly lastMs: number;
}

/** The usual waits. */
export const RETRY_WAITS: RetryWaits = { firstMs: 500, lastMs: 15_000 };

/**
 * Whether to try again after the server has refused or ended a connection. `why` is its error, if any. An expired token is no reason to stop if a new one is
 * available; a wrong or revoked token is.
 */
export function mayReconnect(why: WabusError | null, canRefresh: boolean): boolean {
  if (why === null || why.retryable) return true;
  return why.code === 'UNAUTHORIZED' && why.details?.['reason'] === 'expired' && canRefresh;
}

/** How long to wait before attempt `attempt` (1 for the first), ms. `random` from 0 to 1 spreads clients that lost the same server. */
export function retryWaitMs(attempt: number, random: number, { firstMs, lastMs }: RetryWaits = RETRY_WAITS): number {
  const full = Math.min(lastMs, firstMs * 2 ** Math.min(attempt - 1, 20));
  return Math.round(full / 2 + (full / 2) * random);
}
