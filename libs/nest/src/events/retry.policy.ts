/** When a failed event is handled again, and when it is given up. */
export interface RetryTerms {
  /** The number of failures after which an event is passed to the dead-letter function. */
  readonly maxDeliveries: number;
  /** The delays between attempts in ms, which double from `firstMs` up to `lastMs`. */
  readonly firstMs: number;
  readonly lastMs: number;
}

/** The consequence of a failure. */
export type RetryVerdict = { readonly kind: 'retry'; readonly inMs: number } | { readonly kind: 'dead' };

/** An event can end its process during every attempt without ever failing. It is not handled again after this many times `maxDeliveries` deliveries. */
const CRASHES = 3;

/**
 * Decides what follows a failure.
 * @param attempt the number of the attempt: 1 for the first
 * @param decision the decision of the handler, if it made one
 * @param random a number from 0 to 1 that spreads repetitions
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

/** Whether an event has ended its process so often that it is not handled again. */
export function isPoison(deliveries: number, { maxDeliveries }: RetryTerms): boolean {
  return deliveries > CRASHES * maxDeliveries;
}
