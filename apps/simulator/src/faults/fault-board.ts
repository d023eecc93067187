import type { Faults } from '@wabus/testing';
import type { Account } from '../accounts/account.js';

/** The faults in force: for everybody, and on top of that per account. */
export class FaultBoard {
  private everywhere: Faults = {};
  private readonly perAccount = new Map<Account, Faults>();

  /** Replaces the faults of one account. */
  setFor(account: Account, faults: Faults): void {
    this.perAccount.set(account, faults);
  }

  /** Replaces the faults of all accounts, forgetting what was set for single ones. */
  setForAll(faults: Faults): void {
    this.perAccount.clear();
    this.everywhere = faults;
  }

  /** What applies to an account's connections; to a connection that has not said whose it is, without one. */
  of(account: Account | undefined): Faults {
    const own = account && this.perAccount.get(account);
    return own ? { ...this.everywhere, ...own } : this.everywhere;
  }
}
