import type { SessionId } from '../ids/ids.js';
import type { SessionSettings } from './session-settings.js';
import type { SessionStatus } from './session-status.js';

/** The desired state of a session. Lifecycle commands edit it, and connectors bring the session into it. */
export type DesiredState = 'running' | 'stopped' | 'logged-out' | 'deleted';

/** The desired state of one session, under the key `session.<id>` of the registry. */
export interface SessionRecord {
  readonly session: SessionId;
  readonly desired: DesiredState;
  /** Counts the requested restarts: the owner opens a new socket when the number increases. */
  readonly generation: number;
  readonly createdAt: string;
  /** The ISO time of the last change of the desired state. Changes of settings do not count. */
  readonly updatedAt: string;
  /** The settings; missing until one is set. */
  readonly settings?: SessionSettings;
  /** Present while a program for another gateway creates the session in several requests: the id of its token. Only this token may repeat the requests. */
  readonly unfinishedBy?: string;
  /**
   * Present in the record of a session that is being deleted, once its owner has erased the data of connectors. An edge then erases the rest and removes the
   * record.
   */
  readonly erased?: true;
}

/** A session as clients see it, with its desired and its observed state. */
export interface SessionView {
  session: string;
  desired: DesiredState;
  createdAt: string;
  status: SessionStatus;
  /** For a session that is being deleted: the current step, and what it waits for. */
  deletion?: { step: 'connector' | 'edge'; waitsFor: string };
}
