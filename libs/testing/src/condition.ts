import { setTimeout as delay } from 'node:timers/promises';

/** Between two readings: short against what a test waits for, long against what a reading over HTTP costs. */
const [SHORTEST_PAUSE_MS, LONGEST_PAUSE_MS] = [25, 100];
/** Of the time waited so far. */
const PAUSE_SHARE = 0.1;

/**
 * Waits until what `read` gives satisfies `predicate`, and answers that value. For black boxes that report nothing on their own; whatever emits an
 * event is awaited through the event. A reading that throws counts as not yet.
 *
 * @throws Error after `waitMs` that tells the last value or failure
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
