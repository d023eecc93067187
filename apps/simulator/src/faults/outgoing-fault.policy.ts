import type { Faults } from '@wabus/testing';
import type { Stanza } from '../stanza/stanza.js';

/** What becomes of one outgoing stanza. */
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
