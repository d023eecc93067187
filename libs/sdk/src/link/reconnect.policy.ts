import type { WabusError } from '../errors/wabus.error.js';

/** The delays between attempts, which double from `firstMs` up to `lastMs`. */
export interface RetryWaits {
  readonly firstMs: number;
  readonly lastMs: number;
}

/** The default delays. */
export const RETRY_WAITS: RetryWaits = { firstMs: 500, lastMs: 15_000 };

/**
 * Whether to try again after the server has refused or closed a connection. `why` is its error, if any. An expired token permits another attempt if a new token
 * is available; a wrong or revoked token does not.
 */
export function mayReconnect(why: WabusError | null, canRefresh: boolean): boolean {
  if (why === null || why.retryable) return true;
  return why.code === 'UNAUTHORIZED' && why.details?.['reason'] === 'expired' && canRefresh;
}

/**
 * Returns the delay before the attempt with this number (1 for the first), in ms. `random`, from 0 to 1, spreads the attempts of clients that lost the same
 * server.
 */
export function retryWaitMs(attempt: number, random: number, { firstMs, lastMs }: RetryWaits = RETRY_WAITS): number {
  const full = Math.min(lastMs, firstMs * 2 ** Math.min(attempt - 1, 20));
  return Math.round(full / 2 + (full / 2) * random);
}
