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

/** What a process of Wabus says of itself. `null`: it does not say it, as older releases do not. */
export interface ProcessView {
  /** Release of Wabus. */
  version: string | null;
  /** ISO time. */
  startedAt: string | null;
  /** Memory of the process. */
  memoryBytes: number | null;
  /** What the process may use at most; `null` without a limit. */
  memoryLimitBytes: number | null;
  /** Processors in use, on average over some seconds. */
  cpu: number | null;
}

/** Of a process that does not say how it is. */
export const NOTHING_SAID: Readonly<ProcessView> = { version: null, startedAt: null, memoryBytes: null, memoryLimitBytes: null, cpu: null };

/** `null` when the value is not a record. What it lacks, or has in another form, is `null` in the answer. */
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

/** How a connector is. */
export type ConnectorState = 'ready' | 'draining' | 'lost';

/** A session under the connector that wrote its status last. */
export interface OwnedSessionView {
  session: string;
  state: SessionState;
  /** The epoch under which the status was written. */
  epoch: number;
  /** ISO time of the status. */
  updatedAt: string;
}

/** A connector with the sessions that it owns according to their statuses. One of an older release is listed while it owns sessions. */
export interface ConnectorView extends ProcessView {
  id: string;
  /**
   * `ready`: takes sessions. `draining`: is about to stop, and gives its sessions away. `lost`: no longer renews its lease, and has not signed off. `null`: the edge has just started,
   * or may not look.
   */
  state: ConnectorState | null;
  /** Its share of the sessions relative to other connectors. */
  weight: number | null;
  sessions: OwnedSessionView[];
}

/** An edge that runs. */
export interface EdgeView extends ProcessView {
  /** New at each start. */
  id: string;
  /** It is the one that answers. */
  answering: boolean;
}

/** Who owns what, and which processes run. */
export interface OwnershipView {
  connectors: ConnectorView[];
  edges: EdgeView[];
  /** The sessions that no connector runs at the moment: stopped, logged out, or between two owners. */
  unowned: OwnedSessionView[];
}
