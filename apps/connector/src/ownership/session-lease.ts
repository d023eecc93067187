import type { SessionId } from '@wabus/contracts';

/** The right of this process to run one session, under one epoch. */
export abstract class SessionLease {
  abstract readonly session: SessionId;
  /** Revision of the owner's key: every fenced write and every event carries it. */
  abstract readonly epoch: number;
  /**
   * Whether the lease holds at this instant, by the monotonic clock. Ask before every side effect: a process that was paused finds its lease expired here
   * before it hears of anything else.
   */
  abstract isValid(): boolean;
  /** Aborted when the lease is lost or given back. */
  abstract readonly lost: AbortSignal;
}
