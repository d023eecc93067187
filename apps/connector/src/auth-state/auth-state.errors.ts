import { setTimeout as delay } from 'node:timers/promises';
import { WabusError } from '@wabus/contracts';

/** `unknown-key`: encrypted with a key that is not in the key file; `damaged`: modified, moved to another name, or not written by Wabus. */
export type UnreadableReason = 'unknown-key' | 'damaged';

/** Stored auth state cannot be decrypted. It stays unchanged: an operator must restore the key, or delete the session. */
export class AuthStateUnreadableError extends Error {
  override readonly name = 'AuthStateUnreadableError';

  constructor(
    readonly reason: UnreadableReason,
    message: string
  ) {
    super(message);
  }
}

const FIRST_DELAY_MS = 100;
const MAX_DELAY_MS = 2_000;

/** Retries an idempotent action for as long as the broker does not answer. Rejects on any other error, and when `ended` is aborted. */
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
