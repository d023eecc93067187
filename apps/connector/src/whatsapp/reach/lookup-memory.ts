import { WabusError } from '@wabus/contracts';
import { BoundedCache } from '../bounded.cache.js';

/** WhatsApp's answer about a number or LID. */
export interface Contact {
  /** Whether an account has the LID or the number, possibly in another spelling. */
  readonly exists: boolean;
  /** WhatsApp's jid of the account, whose spelling may differ from the requested one; `null` if there is no account or the jid is unknown. */
  readonly jid: string | null;
  readonly lid: string | null;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const REMEMBERED = 10_000;

/** The cached answers of a session's look-ups and its remaining look-ups, across connections. */
export class LookupMemory {
  private readonly answers = new BoundedCache<string, Contact>({ max: REMEMBERED });
  private left: number;
  private at = performance.now();

  constructor(private readonly perHour: number) {
    this.left = perHour;
  }

  get(asked: string): Contact | undefined {
    return this.answers.get(asked);
  }

  /** Caches an answer: a missing account for an hour, since the person may sign up soon; an existing one for a day, since few are deleted. */
  set(asked: string, contact: Contact): void {
    this.answers.set(asked, contact, { ttl: contact.exists ? DAY_MS : HOUR_MS });
  }

  forget(asked: string): void {
    this.answers.delete(asked);
  }

  /** Counts look-ups regardless of the limit. Later look-ups wait longer for it, by at most an hour. */
  overdraw(numbers: number): void {
    this.refill();
    this.left = Math.max(this.left - numbers, -this.perHour);
  }

  /** Counts look-ups. Throws `RATE_LIMITED` if there were too many in too short a time, which WhatsApp monitors. */
  take(numbers: number): void {
    this.refill();
    // A request above the limit itself passes if no look-ups are used, and the next ones wait longer.
    const needed = Math.min(numbers, this.perHour);
    if (needed > this.left)
      throw new WabusError('RATE_LIMITED', {
        message: `This session has looked up ${this.perHour} numbers within an hour, the limit set by WABUS_NUMBER_LOOKUPS_PER_HOUR. Try again later.`,
        details: { reason: 'number-lookups', retryAfterMs: Math.ceil(((needed - this.left) / this.perHour) * HOUR_MS) }
      });
    this.left -= numbers;
  }

  private refill(): void {
    const now = performance.now();
    this.left = Math.min(this.perHour, this.left + ((now - this.at) / HOUR_MS) * this.perHour);
    this.at = now;
  }
}
