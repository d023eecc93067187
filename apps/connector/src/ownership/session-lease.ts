import type { SessionId, SessionRecord } from '@wabus/contracts';

/** The right of this process to run one session, under one epoch. */
export abstract class SessionLease {
  abstract readonly session: SessionId;
  /** Revision of the owner's key: every fenced write and every event carries it. */
  abstract readonly epoch: number;
  /**
   * Whether the lease holds at this moment, by the monotonic clock. Check it before every side effect: a process that was paused sees here that its lease has
   * expired before it receives anything else.
   */
  abstract isValid(): boolean;
  /** Aborted when the lease is lost or released. */
  abstract readonly lost: AbortSignal;
}

/** The lease of a session no longer holds: nothing was written. This is a state rather than a fault, and never leaves the connector. */
export class LeaseLostError extends Error {
  override readonly name = 'LeaseLostError';

  constructor(readonly session: SessionId) {
    super(`the lease of session ${session} is lost`);
  }
}

/** Runs the sessions that this process owns. The ownership room decides when, the session room does it. */
export abstract class SessionRunner {
  /**
   * Brings an owned session to the desired state of its record. Called after the lease was acquired and again after every change of the record; calls for one
   * session never overlap: `running` opens a socket (a higher generation or another proxy than before opens a new one), `stopped` closes it, `logged-out`
   * unlinks and forgets the credentials, `deleted` does the same; ownership then removes the record. Settles when the state is reached or, for `running`, when
   * the attempt to reach it has begun.
   */
  abstract reconcile(lease: SessionLease, record: SessionRecord): Promise<void>;

  /**
   * Closes the socket of a session, whose lease is lost or about to be given away, and settles when no part of it runs any more. Under a lease that still holds the
   * status then says that nobody owns the session; under a lost one nothing is written. Called at once, also while a `reconcile` is in progress,
   * and then again when that one has settled; no `reconcile` with this lease follows.
   */
  abstract release(lease: SessionLease): Promise<void>;
}
