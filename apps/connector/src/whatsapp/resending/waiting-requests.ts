import type { RetryReceipt } from './retry-receipt.reader.js';

/** A large group with several devices each. */
const PER_CHAT = 3_000;
const CHATS = 500;

/**
 * Requests that wait until their chat may send again, in the order in which they came. They outlive a connection; `WaitingRequestStore` has them for the next process.
 */
export class WaitingRequests {
  /** What an earlier process has left is among them. */
  restored = false;
  private readonly chats = new Map<string, Map<string, RetryReceipt>>();

  /** Adds a request; one of the same device for the same message is replaced. Answers false when there is no room for it. */
  add(request: RetryReceipt): boolean {
    const requests = this.chats.get(request.chat) ?? new Map<string, RetryReceipt>();
    const key = `${request.id} ${request.asker}`;
    if (!requests.has(key) && (requests.size >= PER_CHAT || (requests.size === 0 && this.chats.size >= CHATS))) return false;
    this.chats.set(request.chat, requests.set(key, request));
    return true;
  }

  /** Whether a chat has requests that wait. A new one must not overtake them. */
  has(chat: string): boolean {
    return this.chats.has(chat);
  }

  /** The oldest request of the first chat that `may` lets through; it is taken out. `null` when all have to wait. */
  next(may: (chat: string) => boolean): RetryReceipt | null {
    for (const [chat, requests] of this.chats) {
      if (!may(chat)) continue;
      const [first] = requests;
      requests.delete(first![0]);
      // The other chats come first next time.
      this.chats.delete(chat);
      if (requests.size > 0) this.chats.set(chat, requests);
      return first![1];
    }
    return null;
  }
}
