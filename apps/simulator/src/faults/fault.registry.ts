import type { Faults } from '@wabus/testing';
import type { Account } from '../accounts/account.js';
import type { Stanza } from '../stanza/stanza.js';

/** The faults in force: for everybody, and on top of that per account. */
export class FaultRegistry {
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

/** The outcome of one outgoing stanza. */
export interface OutgoingFate {
  copies: 0 | 1 | 2;
  delayMs: number;
}

/**
 * Decides the fate of outgoing stanzas. A drop share is spread evenly (0.25 drops every fourth), so that a run can be repeated; one policy
 * object belongs to one connection.
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
