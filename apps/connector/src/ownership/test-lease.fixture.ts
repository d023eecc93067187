import type { SessionId } from '@wabus/contracts';
import { SessionLease } from './session-lease.js';

/** A lease that ends when the test says so. */
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

  /** Renewals are late. */
  lapsed = false;

  isValid(): boolean {
    return !this.lapsed && !this.end.signal.aborted;
  }

  expire(): void {
    this.end.abort();
  }
}
