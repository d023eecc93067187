import type { SessionStatusRecord } from '@wabus/contracts';
import type { SessionLease } from '../ownership/session-lease.js';

/** Where the observed status of owned sessions is written for others to read. */
export abstract class SessionStatusStore {
  /** Replaces the status record. Writes of one session keep their order; the newest replaces those not written yet. A lost lease writes nothing. */
  abstract write(lease: SessionLease, status: SessionStatusRecord): Promise<void>;
  /** The last status written, by whichever owner; `null` for a new session. */
  abstract read(lease: SessionLease): Promise<SessionStatusRecord | null>;
}
