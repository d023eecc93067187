import type { RetryReceipt } from './retry-receipt.reader.js';

/** Enough for a large group whose members have several devices each. */
const PER_CHAT = 3_000;
const CHATS = 500;

/**
 * The requests that wait for the budget of their chat, in the order of reception. They outlive a connection; `WaitingRequestStore` keeps them for the next
 * process.
 */
export class WaitingRequests {
  /** Whether the requests that an earlier process left have been added. */
  restored = false;
  private readonly chats = new Map<string, Map<string, RetryReceipt>>();

  /** Adds a request, replacing an earlier one from the same device for the same message. Returns `false` if the limit is reached. */
  add(request: RetryReceipt): boolean {
    const requests = this.chats.get(request.chat) ?? new Map<string, RetryReceipt>();
    const key = `${request.id} ${request.asker}`;
    if (!requests.has(key) && (requests.size >= PER_CHAT || (requests.size === 0 && this.chats.size >= CHATS))) return false;
    this.chats.set(request.chat, requests.set(key, request));
    return true;
  }

  /** Whether a chat has waiting requests, which a new request must not overtake. */
  has(chat: string): boolean {
    return this.chats.has(chat);
  }

  /** Removes and returns the oldest request of the first chat that `may` permits; `null` if all must wait. */
  next(may: (chat: string) => boolean): RetryReceipt | null {
    for (const [chat, requests] of this.chats) {
      if (!may(chat)) continue;
      const [first] = requests;
      requests.delete(first![0]);
      // The chat moves to the end, so that the other chats come first next time.
      this.chats.delete(chat);
      if (requests.size > 0) this.chats.set(chat, requests);
      return first![1];
    }
    return null;
  }
}
