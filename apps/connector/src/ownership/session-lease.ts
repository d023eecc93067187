import type { SessionId, SessionRecord } from '@wabus/contracts';

/** The right of this process to run one session, under one epoch. */
export abstract class SessionLease {
  abstract readonly session: SessionId;
  /** Revision of the owner key, which every fenced write and every event contains. */
  abstract readonly epoch: number;
  /**
   * Returns whether the lease holds at this moment, by the monotonic clock.
   * Check it before every side effect: a process that was paused sees here that its lease has expired before it receives any other notification.
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

/** Runs the sessions that this process owns. The ownership room decides when; the session room implements it. */
export abstract class SessionRunner {
  /**
   * Brings an owned session to the desired state of its record.
   * Called after the lease was acquired and again after every change of the record; calls for one session never overlap.
   * `running` opens a socket (a higher generation or a different proxy opens a new one), `stopped` closes it, `logged-out` unlinks the session and removes the
   * credentials, and `deleted` also removes their snapshots; ownership then marks the record as erased.
   * Resolves when the state is reached or, for `running`, when the attempt to reach it has begun.
   */
  abstract reconcile(lease: SessionLease, record: SessionRecord): Promise<void>;

  /**
   * Closes the socket of a session whose lease is lost or about to be given away, and resolves when no part of it runs anymore.
   * If the lease still holds, the status then shows that the session has no owner; otherwise nothing is written.
   * Called immediately, even while a `reconcile` is in progress, and again when that one has settled; no `reconcile` with this lease follows.
   */
  abstract release(lease: SessionLease): Promise<void>;
}
