import { RateLimiter, type Rate } from '@wabus/runtime/limits';
import { BoundedCache } from '../bounded.cache.js';

const HOUR_MS = 3_600_000;
/** A device that cannot read it after this many answers cannot read it at all; Baileys and whatsapp-rust have the same limit. */
const ANSWERS_PER_DEVICE = 5;
const ACCOUNT = '';
const ACCOUNT_FACTOR = 6;
/** 25,000 receipts to 15 senders within two days were followed by a lock: 35 an hour to each (whatsapp-rust PR 924). */
const OWN_RECEIPTS: Rate = { perSecond: 10 / 3_600, burst: 40 };

/** How much is sent again. */
export interface ResendTerms {
  /** Messages in one chat within the window, in the long run. Twice as many at once after a pause; six times as many in all chats together. */
  readonly perChat: number;
  readonly windowMs: number;
}

/**
 * How much one account may send again, and ask for again, over all its connections. The service locks accounts that answer every retry receipt: it counts per chat,
 * whoever asks (whatsapp-rust PR 871, whose bucket of 20 with 10 a minute is ours).
 */
export class ResendLimiter {
  private readonly chats: RateLimiter;
  private readonly account: RateLimiter;
  private readonly ownReceipts = new RateLimiter(OWN_RECEIPTS);
  /** Answers by message and device. */
  private readonly answers = new BoundedCache<string, number>({ max: 10_000, ttl: HOUR_MS });

  constructor({ perChat, windowMs }: ResendTerms) {
    const perSecond = (perChat * 1_000) / windowMs;
    this.chats = new RateLimiter({ perSecond, burst: 2 * perChat });
    this.account = new RateLimiter({ perSecond: ACCOUNT_FACTOR * perSecond, burst: 2 * ACCOUNT_FACTOR * perChat });
  }

  /** Takes one for a chat, and answers 0; or takes nothing, and answers after how many ms to come again. `now` is of a clock that never goes back. */
  take(chat: string, now: number): number {
    const waitMs = Math.max(this.chats.waitMs(chat, now), this.account.waitMs(ACCOUNT, now));
    if (waitMs > 0) return waitMs;
    this.chats.take(chat, now);
    this.account.take(ACCOUNT, now);
    return 0;
  }

  /** Nothing more for a chat now: how much a process before this one has sent is not known. */
  exhaust(chat: string, now: number): void {
    while (this.chats.waitMs(chat, now) === 0) this.chats.take(chat, now);
  }

  /** Whether a device has had so many answers for a message that no more follow. */
  isUsedUp(id: string, asker: string): boolean {
    return (this.answers.get(`${id} ${asker}`) ?? 0) >= ANSWERS_PER_DEVICE;
  }

  answered(id: string, asker: string): void {
    const key = `${id} ${asker}`;
    this.answers.set(key, (this.answers.get(key) ?? 0) + 1);
  }

  /** Whether one more retry receipt of our own may go to a sender. */
  mayAsk(sender: string, now: number): boolean {
    return this.ownReceipts.take(sender, now) === 0;
  }
}
