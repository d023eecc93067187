import type { AppStateTerms } from '@wabus/testing';
import type { Account } from '../accounts/account.js';
import { worldSlot } from '../world/world-slot.js';

const DEFAULT_TERMS: AppStateTerms = { refuse: 0, code: 409 };

/** How the server treats changes of the synchronised state, by account. */
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

  /** The code with which the next change is refused, `null` when it is not. */
  takeRefusal(account: Account): number | null {
    const { refuse, code } = this.of(account);
    if (refuse === 0) return null;
    this.set(account, { refuse: refuse - 1 });
    return code;
  }
}

export const appStateTermsOf = worldSlot(() => new AppStateTermsRegistry());
