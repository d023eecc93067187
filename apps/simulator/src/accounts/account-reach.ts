import type { TokenTally } from '@wabus/testing';
import type { Account } from './account.js';

/** New chats of a cycle when nobody sets another number; the service's own is not known. */
const QUOTA = 1_000;
const CYCLE_MS = 30 * 24 * 3_600_000;

/** Whom an account may write to, and what came of its attempts. */
export class AccountReach {
  /** The reach-out time lock; over when its time is, whatever stands here. */
  private locked: { readonly kind: string; readonly until: number } | null = null;
  quota = { total: QUOTA, used: 0, cycleEnds: Date.now() + CYCLE_MS };
  /** `undefined`: as the world's terms say for this account. */
  hasSalt: boolean | undefined;
  /** Whom it has written to, and who has written to it. */
  readonly acquainted = new Set<Account>();
  toNobody = 0;
  refused = 0;
  readonly tokens = new Map<string, TokenTally>();

  get lock(): { readonly kind: string; readonly until: number } | null {
    return this.locked && this.locked.until > Date.now() ? this.locked : null;
  }

  set lock(lock: { readonly kind: string; readonly until: number } | null) {
    this.locked = lock;
  }

  /** The steps in which the service warns (WAHA PR 2186); at which shares is not known. */
  get quotaState(): 'NONE' | 'FIRST_WARNING' | 'SECOND_WARNING' | 'CAPPED' {
    const { total, used } = this.quota;
    if (used >= total) return 'CAPPED';
    if (used >= 0.9 * total) return 'SECOND_WARNING';
    return used >= 0.7 * total ? 'FIRST_WARNING' : 'NONE';
  }

  tally(request: string, counts: boolean): void {
    const tally = this.tokens.get(request) ?? { with: 0, without: 0 };
    this.tokens.set(request, tally);
    if (counts) tally.with += 1;
    else tally.without += 1;
  }
}
