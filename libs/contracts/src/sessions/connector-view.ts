import type { SessionState } from './session-status.js';

/** A session under the connector that wrote its status last. */
export interface OwnedSessionView {
  session: string;
  state: SessionState;
  /** Number of the ownership under which the status was written. */
  epoch: number;
  /** ISO time of the status. */
  updatedAt: string;
}

/** A connector that owns sessions, as their statuses tell: one that owns none is not seen by an edge. */
export interface ConnectorView {
  id: string;
  sessions: OwnedSessionView[];
}

/** Who owns what. */
export interface OwnershipView {
  connectors: ConnectorView[];
  /** Sessions that no connector runs at the moment: stopped, logged out, or between two owners. */
  unowned: OwnedSessionView[];
}
