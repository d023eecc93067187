import { WabusError } from '@wabus/contracts';
import { BoundedCache } from '../bounded.cache.js';

/** What WhatsApp knows of a number or LID. */
export interface Contact {
  /** Whether somebody has it, or its number in another spelling. */
  readonly exists: boolean;
  /** The jid under which WhatsApp knows the account, which may have another spelling than was asked; `null`: nobody, or not known. */
  readonly jid: string | null;
  readonly lid: string | null;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const REMEMBERED = 10_000;

/** What a session has asked WhatsApp about numbers, from connection to connection: answers, and how much it may still ask. */
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

  /** Somebody may sign up soon; accounts are seldom given up. */
  set(asked: string, contact: Contact): void {
    this.answers.set(asked, contact, { ttl: contact.exists ? DAY_MS : HOUR_MS });
  }

  forget(asked: string): void {
    this.answers.delete(asked);
  }

  /** Counts numbers that are asked for whatever is left; the next ones wait the longer for it, an hour at most. */
  overdraw(numbers: number): void {
    this.refill();
    this.left = Math.max(this.left - numbers, -this.perHour);
  }

  /** Throws `RATE_LIMITED` when the account has asked for too many in too short a time: WhatsApp watches that. */
  take(numbers: number): void {
    this.refill();
    // More at once than there can ever be are let through once, and pay for it afterwards.
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
