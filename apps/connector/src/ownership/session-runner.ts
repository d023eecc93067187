import type { SessionRecord } from '@wabus/contracts';
import type { SessionLease } from './session-lease.js';

/** Runs the sessions that this process owns. The ownership room decides when, the session room does it. */
export abstract class SessionRunner {
  /**
   * Makes an owned session what its record wants. Called after the lease was acquired and again after every change of the record; calls for one session never overlap:
   * `running` opens a socket (a higher generation or another proxy than before opens a new one), `stopped` closes it, `logged-out` unlinks and forgets the credentials,
   * `deleted` does the same; ownership then removes the record. Settles when the state is reached or, for `running`, when the attempt to reach it has begun.
   */
  abstract reconcile(lease: SessionLease, record: SessionRecord): Promise<void>;

  /**
   * Closes the socket of a session, whose lease is lost or about to be given away, and settles when nothing of it runs any more. Under a lease that still holds the
   * status then says that nobody owns the session; under a lost one nothing is written. Called at once, also while a `reconcile` is under way,
   * and then again when that one has settled; no `reconcile` with this lease follows.
   */
  abstract release(lease: SessionLease): Promise<void>;
}
