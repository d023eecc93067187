import { decodeJsonRecord } from '../json/json-record.codec.js';
import type { SessionState } from './session-status.js';

/** A connector that is there: key `node.<connector>` of the ownership bucket. Connectors renew it all the time, and edges read it to tell whether an owner lives. */
export interface NodeRecord {
  /** One run of the process; another one under the same id is another node. */
  readonly incarnation: string;
  /** Takes sessions. Not when it is about to stop. */
  readonly ready: boolean;
  readonly weight: number;
  /** Without a renewal for this long it has let everything go. Missing from older connectors. */
  readonly silentMs?: number;
  /** The revision with which this run began: it owns nothing of a smaller epoch. Missing in its first renewal. */
  readonly joined?: number;
}

export const nodeKey = (connector: string): string => `node.${connector}`;

/** `null` when the value is not a node record. */
export function decodeNode(value: Uint8Array): NodeRecord | null {
  const { incarnation, ready, weight, silentMs, joined } = decodeJsonRecord<NodeRecord>(value) ?? {};
  if (typeof incarnation !== 'string' || typeof ready !== 'boolean' || typeof weight !== 'number' || !(weight > 0)) return null;
  return {
    incarnation,
    ready,
    weight,
    ...(typeof silentMs === 'number' && silentMs > 0 ? { silentMs } : {}),
    ...(typeof joined === 'number' ? { joined } : {})
  };
}

/** A session under the connector that wrote its status last. */
export interface OwnedSessionView {
  session: string;
  state: SessionState;
  /** The epoch under which the status was written. */
  epoch: number;
  /** ISO time of the status. */
  updatedAt: string;
}

/** A connector that owns sessions, according to their statuses: an edge does not see one that owns none. */
export interface ConnectorView {
  id: string;
  sessions: OwnedSessionView[];
}

/** Who owns what. */
export interface OwnershipView {
  connectors: ConnectorView[];
  /** The sessions that no connector runs at the moment: stopped, logged out, or between two owners. */
  unowned: OwnedSessionView[];
}
