import { setTimeout as delay } from 'node:timers/promises';

/** Between two readings: short against what a test waits for, long against what a reading over HTTP costs. */
const READ_EVERY_MS = 25;

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
  const deadline = Date.now() + waitMs;
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
    await delay(READ_EVERY_MS);
  }
}

function describe(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
  return text.length > 2000 ? `${text.slice(0, 2000)}…` : text;
}
