import { setTimeout as delay } from 'node:timers/promises';
import { WabusError } from '@wabus/contracts';

const FIRST_DELAY_MS = 100;
const MAX_DELAY_MS = 2_000;

/** Repeats an action that can be repeated for as long as the broker does not answer it. Any other error, and the abort of `ended`, rejects. */
export async function retryWhileUnavailable<T>(action: () => Promise<T>, ended: AbortSignal): Promise<T> {
  for (let delayMs = FIRST_DELAY_MS; ; delayMs = Math.min(2 * delayMs, MAX_DELAY_MS)) {
    ended.throwIfAborted();
    try {
      return await action();
    } catch (error) {
      if (!(error instanceof WabusError) || error.code !== 'BROKER_UNAVAILABLE') throw error;
    }
    await delay(delayMs, undefined, { signal: ended });
  }
}
