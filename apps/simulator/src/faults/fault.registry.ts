import type { Faults } from '@wabus/testing';
import type { Account } from '../accounts/account.js';
import type { Stanza } from '../stanza/stanza.js';

/** The faults in force: those of all accounts, and those of single accounts on top. */
export class FaultRegistry {
  private everywhere: Faults = {};
  private readonly perAccount = new Map<Account, Faults>();

  /** Replaces the faults of one account. */
  setFor(account: Account, faults: Faults): void {
    this.perAccount.set(account, faults);
  }

  /** Replaces the faults of all accounts and deletes those of single accounts. */
  setForAll(faults: Faults): void {
    this.perAccount.clear();
    this.everywhere = faults;
  }

  /** Returns the faults of an account's connections; without an account, those of a connection that has not identified itself. */
  of(account: Account | undefined): Faults {
    const own = account && this.perAccount.get(account);
    return own ? { ...this.everywhere, ...own } : this.everywhere;
  }
}

/** The outcome for one outgoing stanza. */
export interface OutgoingFate {
  copies: 0 | 1 | 2;
  delayMs: number;
}

/**
 * Decides the fate of outgoing stanzas. A drop share is spread evenly (0.25 drops every
 * fourth), so that a run can be repeated. Each connection needs its own policy object.
 */
export class OutgoingFaultPolicy {
  private dropDebt = 0;

  decide(stanza: Stanza, faults: Faults): OutgoingFate {
    const delayMs = faults.delayMs ?? 0;
    if (faults.silent || this.drops(stanza, faults.drop)) return { copies: 0, delayMs };
    return { copies: faults.duplicate && stanza.tag === 'message' ? 2 : 1, delayMs };
  }

  private drops(stanza: Stanza, drop: Faults['drop']): boolean {
    if (drop === undefined) return false;
    if (typeof drop === 'string') return stanza.tag === drop;
    this.dropDebt += drop;
    if (this.dropDebt < 1) return false;
    this.dropDebt -= 1;
    return true;
  }
}
