import { setTimeout as delay } from 'node:timers/promises';
import { WabusError } from '@wabus/contracts';

/** `unknown-key`: encrypted with a key that is not in the key file; `damaged`: changed, moved to another name, or not ours at all. */
export type UnreadableReason = 'unknown-key' | 'damaged';

/** Stored auth state cannot be decrypted. It is left as it is: an operator must bring back the key, or delete the session. */
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
