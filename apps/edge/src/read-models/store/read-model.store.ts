import type { ModelKind, SessionId, SkippedEventView } from '@wabus/contracts';
import type { ModelKey, ModelRecord } from '../projection/model.types.js';

/** How far the projection is. `base` is added to sequences of the log, so that orders grow on when a new log begins at 1. */
export interface Progress {
  /** Which log. */
  readonly stream: string;
  readonly base: number;
  readonly order: number;
}

/** The beginning of the models of a session. */
export interface ModelFloor {
  /** Events up to this order are not of this session. */
  readonly from: number;
  /** Tells the session from another of the same id: when it was created; `null` when it was deleted. */
  readonly createdAt: string | null;
}

export interface Rebuild {
  readonly discard: boolean;
  /** ISO time. */
  readonly requestedAt: string;
  /** Orders: where it began and how far it is; `null` until it begins. */
  readonly start: number | null;
  readonly done: number | null;
}

/** Events of a session that could not be projected and were given up, since its models were made or rebuilt. */
export interface Skips {
  readonly events: number;
  /** Order of the last one. */
  readonly order: number;
  readonly last: SkippedEventView | null;
}

export const NOTHING_SKIPPED: Skips = { events: 0, order: 0, last: null };

export interface RecordChange {
  readonly session: SessionId;
  readonly key: ModelKey;
  /** `null` removes it. */
  readonly record: ModelRecord | null;
}

/** All of it is written, or nothing. */
export interface ModelCommit {
  readonly records?: readonly RecordChange[];
  readonly progress?: Progress;
  readonly floors?: ReadonlyMap<SessionId, ModelFloor>;
  /** `null` ends a rebuild. */
  readonly rebuilds?: ReadonlyMap<SessionId, Rebuild | null>;
  /** `null` forgets them. */
  readonly skips?: ReadonlyMap<SessionId, Skips | null>;
}

export interface ScanScope {
  readonly session: SessionId;
  readonly kind: ModelKind;
  /** Of messages: the jid of one chat. */
  readonly chat?: string;
}

/** Records that one commit may hold, what is written beside them included. */
export const MAX_COMMIT = 900;

/**
 * Where read models are kept: shared by all edges, and longer than the event log keeps events. One edge writes, under an epoch that the store itself checks; all read.
 * Every method throws `BROKER_UNAVAILABLE` when the store does not answer; a write may have happened then. What is stored and cannot be read counts as not there.
 */
export abstract class ReadModelStore {
  abstract read(session: SessionId, keys: Iterable<ModelKey>): Promise<Map<ModelKey, ModelRecord | null>>;
  /** Hands over every record of a kind, one at a time and in no order, so that a scan takes no memory. */
  abstract scan(scope: ScanScope, visit: (record: ModelRecord, key: ModelKey) => void): Promise<void>;
  abstract progress(): Promise<Progress | null>;
  abstract floors(): Promise<Map<SessionId, ModelFloor>>;
  abstract skips(session: SessionId): Promise<Skips | null>;
  abstract rebuild(session: SessionId): Promise<Rebuild | null>;
  abstract rebuilds(): Promise<Map<SessionId, Rebuild>>;
  /** Asks for a rebuild, unless one is asked for already. */
  abstract requestRebuild(session: SessionId, request: { discard: boolean; at: string }): Promise<Rebuild>;
  /** Whether the commit was written: not when the epoch is no longer this one. At most `MAX_COMMIT` changes. Throws `PAYLOAD_TOO_LARGE` on a record that the store does not take. */
  abstract write(commit: ModelCommit, epoch: number): Promise<boolean>;
}
