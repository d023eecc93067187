import type { SessionId } from '../ids/ids.js';
import type { SessionSettings } from './session-settings.js';
import type { SessionStatus } from './session-status.js';

/** The desired state of a session. Lifecycle commands edit it, and connectors bring the session to it. */
export type DesiredState = 'running' | 'stopped' | 'logged-out' | 'deleted';

/** The desired state of one session: key `session.<id>` of the registry. */
export interface SessionRecord {
  readonly session: SessionId;
  readonly desired: DesiredState;
  /** Grows with each `restart`: the owner opens a new socket when it sees a higher one. */
  readonly generation: number;
  readonly createdAt: string;
  /** Time of the last change of the desired state; settings do not count. */
  readonly updatedAt: string;
  /** Missing until something was set. */
  readonly settings?: SessionSettings;
  /** While a program of another gateway makes it in several steps: whose program, by the id of the token, which may ask for all of it again. */
  readonly unfinishedBy?: string;
  /** Of a session that is being deleted: its owner has erased what connectors keep. An edge erases the rest, and then removes the record. */
  readonly erased?: true;
}

/** A session as clients see it: the desired and the observed state. */
export interface SessionView {
  session: string;
  desired: DesiredState;
  createdAt: string;
  status: SessionStatus;
  /** For a session that is being deleted: what the deletion waits for. */
  deletion?: { step: 'connector' | 'edge'; waitsFor: string };
}
