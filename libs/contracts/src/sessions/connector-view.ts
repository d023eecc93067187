import { decodeJsonRecord } from '../json/json-record.codec.js';
import type { SessionState } from './session-status.js';

/**
 * The record of a running connector, with the key `node.<connector>` in the ownership bucket. A connector renews it continuously, and edges read it to
 * determine whether an owner is alive.
 */
export interface NodeRecord {
  /** Identifies one run of the process. Another run with the same connector id is another node. */
  readonly incarnation: string;
  /** Whether the connector takes sessions. It does not while it is about to stop. */
  readonly ready: boolean;
  readonly weight: number;
  /** After this many milliseconds without a renewal, the connector has released all of its sessions. Missing in records of older connectors. */
  readonly silentMs?: number;
  /** The revision with which this run began: it owns nothing with a lower epoch. Missing in the first write of a run. */
  readonly joined?: number;
}

export const nodeKey = (connector: string): string => `node.${connector}`;

/** Decodes a node record; returns `null` if the value is not one. */
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

/** What a process of Wabus reports about itself. A field is `null` if the process does not report it; older releases report none of them. */
export interface ProcessView {
  /** The release of Wabus. */
  version: string | null;
  /** When the process started, as an ISO time. */
  startedAt: string | null;
  /** The memory that the process uses, in bytes. */
  memoryBytes: number | null;
  /** The memory that the process may use at most, in bytes; `null` if there is no limit. */
  memoryLimitBytes: number | null;
  /** The average number of processors in use since the previous report. */
  cpu: number | null;
}

/** The view of a process that reports nothing about itself. */
export const NOTHING_REPORTED: Readonly<ProcessView> = {
  version: null,
  startedAt: null,
  memoryBytes: null,
  memoryLimitBytes: null,
  cpu: null
};

/** Decodes the report in a record; returns `null` if the value is not a record. A field that is missing or has another type becomes `null`. */
export function decodeProcess(value: Uint8Array): ProcessView | null {
  const record = decodeJsonRecord(value);
  if (record === null) return null;
  const text = (field: keyof ProcessView): string | null => (typeof record[field] === 'string' ? record[field] : null);
  const figure = (field: keyof ProcessView): number | null => (typeof record[field] === 'number' ? record[field] : null);
  const startedAt = text('startedAt');
  return {
    version: text('version'),
    startedAt: Number.isNaN(Date.parse(startedAt ?? '')) ? null : startedAt,
    memoryBytes: figure('memoryBytes'),
    memoryLimitBytes: figure('memoryLimitBytes'),
    cpu: figure('cpu')
  };
}

/** The states of a connector; see `ConnectorView.state`. */
export type ConnectorState = 'ready' | 'draining' | 'lost';

/** A session, listed under the connector that last wrote its status. */
export interface OwnedSessionView {
  session: string;
  state: SessionState;
  /** The epoch under which the status was written. */
  epoch: number;
  /** When the status was written, as an ISO time. */
  updatedAt: string;
}

/** A connector with the sessions that it owns according to their statuses. A connector of an older release is listed only while it owns sessions. */
export interface ConnectorView extends ProcessView {
  id: string;
  /**
   * `ready`: the connector takes sessions. `draining`: it is about to stop and hands over its sessions. `lost`: it no longer renews its lease, but has not
   * signed off. `null`: the edge has just started, or NATS does not permit it to read the leases of connectors.
   */
  state: ConnectorState | null;
  /** The share of the sessions that the connector takes, relative to other connectors; `null` if the edge does not know it. */
  weight: number | null;
  sessions: OwnedSessionView[];
}

/** A running edge. */
export interface EdgeView extends ProcessView {
  /** The id of the edge. It changes at each start. */
  id: string;
  /** Whether this edge sent the reply. */
  answering: boolean;
}

/** Which connector owns which sessions, and which processes are running. */
export interface OwnershipView {
  connectors: ConnectorView[];
  edges: EdgeView[];
  /** The sessions that no connector currently runs: stopped, logged out, or between two owners. */
  unowned: OwnedSessionView[];
}
