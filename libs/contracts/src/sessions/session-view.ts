import type { DesiredState } from './session-record.js';
import type { SessionStatus } from './session-status.js';

/** A session as clients see it: what is wanted and what is. */
export interface SessionView {
  session: string;
  desired: DesiredState;
  createdAt: string;
  status: SessionStatus;
  /** Of a session that is being deleted: what it waits for. */
  deletion?: { step: 'connector' | 'edge'; waitsFor: string };
}
