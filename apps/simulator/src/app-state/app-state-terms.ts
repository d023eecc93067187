import type { AppStateTerms } from '@wabus/testing';
import type { Account } from '../accounts/account.js';
import { worldSlot } from '../world/world-slot.js';

const DEFAULT_TERMS: AppStateTerms = {
  refuse: 0,
  code: 409,
  refuseReads: 0,
  snapshots: 'valid',
  diverged: 0,
  forged: 0,
  forgery: 'code',
  keys: 'given',
  recovery: 'complete'
};

/** How the server treats changes of the synchronized state, for each account. */
class AppStateTermsRegistry {
  private readonly terms = new WeakMap<Account, AppStateTerms>();

  of(account: Account): AppStateTerms {
    return this.terms.get(account) ?? DEFAULT_TERMS;
  }

  set(account: Account, terms: Partial<AppStateTerms>): AppStateTerms {
    const merged = { ...this.of(account), ...terms };
    this.terms.set(account, merged);
    return merged;
  }

  /** Returns the code with which the next change is refused; `null` if it is not refused. */
  takeRefusal(account: Account): number | null {
    return this.take(account, 'refuse') ? this.of(account).code : null;
  }

  /** Returns whether the effect applies to the next request, and counts the request if it does. */
  take(account: Account, what: 'refuse' | 'refuseReads' | 'diverged' | 'forged'): boolean {
    const left = this.of(account)[what];
    if (left > 0) this.set(account, { [what]: left - 1 });
    return left > 0;
  }
}

export const appStateTermsOf = worldSlot(() => new AppStateTermsRegistry());
