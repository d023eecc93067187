import type { SessionId } from '@wabus/contracts';

/** The lease of a session does not hold any more: nothing was written. A state rather than a fault; it never leaves the connector. */
export class LeaseLostError extends Error {
  override readonly name = 'LeaseLostError';

  constructor(readonly session: SessionId) {
    super(`the lease of session ${session} is lost`);
  }
}
