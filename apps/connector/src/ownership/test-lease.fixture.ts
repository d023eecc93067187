import type { SessionId } from '@wabus/contracts';
import { SessionLease } from './session-lease.js';

/** A lease that ends when the test decides. */
export class TestLease extends SessionLease {
  private readonly end = new AbortController();

  constructor(
    readonly session: SessionId,
    readonly epoch: number
  ) {
    super();
  }

  get lost(): AbortSignal {
    return this.end.signal;
  }

  /** Whether renewals are late. */
  lapsed = false;

  isValid(): boolean {
    return !this.lapsed && !this.end.signal.aborted;
  }

  expire(): void {
    this.end.abort();
  }
}
