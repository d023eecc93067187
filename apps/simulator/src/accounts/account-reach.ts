import type { TokenTally } from '@wabus/testing';
import type { Account } from './account.js';

/** New chats per cycle, unless a caller sets another number; the limit of the real service is not known. */
const QUOTA = 1_000;
const CYCLE_MS = 30 * 24 * 3_600_000;

/** The contacts and limits that decide to whom an account may write, and the results of its attempts. */
export class AccountReach {
  /** The reach-out time lock; no longer in force after `until`, although the field keeps its value. */
  private locked: { readonly kind: string; readonly until: number } | null = null;
  quota = { total: QUOTA, used: 0, cycleEnds: Date.now() + CYCLE_MS };
  /** `undefined`: the terms of the world apply to this account. */
  hasSalt: boolean | undefined;
  /** Accounts to which it has written and accounts that have written to it. */
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

  /** The levels at which the service warns (WAHA PR 2186); the shares of the quota at which it does so are not known. */
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
