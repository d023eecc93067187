import { setTimeout as delay } from 'node:timers/promises';

/** The pause between two reads: short compared to the usual wait, long compared to the cost of a read over HTTP. */
const [SHORTEST_PAUSE_MS, LONGEST_PAUSE_MS] = [25, 100];
/** The pause as a fraction of the time waited so far. */
const PAUSE_SHARE = 0.1;

/**
 * Waits until a value from `read` satisfies `predicate`, and returns that value.
 * It is for black boxes that report nothing themselves; wait for an event if there is one. A read that throws counts as not satisfied.
 *
 * @throws Error after `waitMs` with the last value or failure
 */
export async function awaitCondition<T>(
  read: () => T | Promise<T>,
  predicate: (value: T) => boolean,
  { waitMs = 20_000, what = 'the condition' }: { waitMs?: number; what?: string } = {}
): Promise<T> {
  const startedAt = Date.now();
  const deadline = startedAt + waitMs;
  for (;;) {
    let last: string;
    try {
      const value = await read();
      if (predicate(value)) return value;
      last = `last value ${describe(value)}`;
    } catch (error) {
      last = `last failure ${error instanceof Error ? error.message : String(error)}`;
    }
    if (Date.now() >= deadline) throw new Error(`${what} was not met within ${waitMs} ms: ${last}`);
    const share = (Date.now() - startedAt) * PAUSE_SHARE;
    await delay(Math.min(LONGEST_PAUSE_MS, Math.max(SHORTEST_PAUSE_MS, share)));
  }
}

function describe(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
  return text.length > 2000 ? `${text.slice(0, 2000)}…` : text;
}
