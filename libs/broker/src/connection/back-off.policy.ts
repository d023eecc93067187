/** Returns the delay before retry number `attempt` (starting at 1), in ms: it doubles from 50 ms to 1 s, plus up to 25% jitter. */
export function backOffMs(attempt: number, random: () => number = Math.random): number {
  const ms = Math.min(1_000, 50 * 2 ** Math.min(attempt - 1, 10));
  return Math.round(ms * (1 + 0.25 * random()));
}
