import { RateLimiter, type Rate } from '@wabus/runtime/limits';
import { BoundedCache } from '../bounded.cache.js';

const HOUR_MS = 3_600_000;
/** A device that cannot read a message after this many answers cannot read it at all; Baileys and whatsapp-rust have the same limit. */
const ANSWERS_PER_DEVICE = 5;
const ACCOUNT = '';
const ACCOUNT_FACTOR = 6;
/** 25,000 receipts to 15 senders within two days were followed by a lock: 35 an hour to each (whatsapp-rust PR 924). */
const OWN_RECEIPTS: Rate = { perSecond: 10 / 3_600, burst: 40 };

/** The limits on resends. */
export interface ResendTerms {
  /** The number of resends in one chat per window, on average. A burst after a pause may be twice as large; all chats together may have six times as many. */
  readonly perChat: number;
  readonly windowMs: number;
}

/**
 * Limits how often one account may resend messages and request resends, across all its connections. WhatsApp locks accounts that answer every retry receipt:
 * it counts per chat, regardless of the asking device (whatsapp-rust PR 871, whose bucket of 20 with 10 a minute is used here).
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

  /** Takes one resend for a chat and returns 0, or takes none and returns the wait in milliseconds. `now` is from a monotonic clock. */
  take(chat: string, now: number): number {
    const waitMs = Math.max(this.chats.waitMs(chat, now), this.account.waitMs(ACCOUNT, now));
    if (waitMs > 0) return waitMs;
    this.chats.take(chat, now);
    this.account.take(ACCOUNT, now);
    return 0;
  }

  /** Empties the budget of a chat, because the number of resends by an earlier process is unknown. */
  exhaust(chat: string, now: number): void {
    while (this.chats.waitMs(chat, now) === 0) this.chats.take(chat, now);
  }

  /** Whether a device has reached the limit of answers for a message. */
  isUsedUp(id: string, asker: string): boolean {
    return (this.answers.get(`${id} ${asker}`) ?? 0) >= ANSWERS_PER_DEVICE;
  }

  answered(id: string, asker: string): void {
    const key = `${id} ${asker}`;
    this.answers.set(key, (this.answers.get(key) ?? 0) + 1);
  }

  /** Whether another retry receipt may be sent to a sender; counts it if so. */
  mayAsk(sender: string, now: number): boolean {
    return this.ownReceipts.take(sender, now) === 0;
  }
}
