/** How long to wait before attempt number `attempt` (1 for the first repetition): doubling from 50 ms to one second, with a quarter of jitter. */
export function backOffMs(attempt: number, random: () => number = Math.random): number {
  const ms = Math.min(1_000, 50 * 2 ** Math.min(attempt - 1, 10));
  return Math.round(ms * (1 + 0.25 * random()));
}
