/** When a failed event is handled again, and when it is given up. */
export interface RetryTerms {
  /** Failures after which an event goes to the dead-letter function. */
  readonly maxDeliveries: number;
  /** Waits between attempts: from `firstMs`, doubling up to `lastMs`. */
  readonly firstMs: number;
  readonly lastMs: number;
}

/** What follows a failure. */
export type RetryVerdict = { readonly kind: 'retry'; readonly inMs: number } | { readonly kind: 'dead' };

/** Deliveries of an event that never failed: the process ended during every attempt. After this many times `maxDeliveries` it is not handled again. */
const CRASHES = 3;

/**
 * @param attempt 1 for the first
 * @param decision of the handler
 * @param random from 0 to 1: spreads repetitions
 */
export function verdictAfter(
  attempt: number,
  decision: { readonly retryInMs: number } | { readonly discard: true } | null,
  { maxDeliveries, firstMs, lastMs }: RetryTerms,
  random: number
): RetryVerdict {
  if (decision !== null && 'discard' in decision) return { kind: 'dead' };
  if (attempt >= maxDeliveries) return { kind: 'dead' };
  if (decision !== null) return { kind: 'retry', inMs: Math.max(0, decision.retryInMs) };
  const full = Math.min(lastMs, firstMs * 2 ** Math.min(attempt - 1, 20));
  return { kind: 'retry', inMs: Math.round(full / 2 + (full / 2) * random) };
}

/** Whether an event ended its process so often that no handler gets it again. */
export function isPoison(deliveries: number, { maxDeliveries }: RetryTerms): boolean {
  return deliveries > CRASHES * maxDeliveries;
}
