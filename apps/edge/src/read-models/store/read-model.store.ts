import { Injectable } from '@nestjs/common';
import { KeyValueBuckets, type Entry, type KeyValue, type Write } from '@wabus/broker';
import {
  decodeJsonRecord,
  earliestNow,
  encodeJsonRecord,
  isSessionId,
  MODEL_FLOOR_KEYS,
  modelFloorKey,
  type ModelKind,
  MODELS_BUCKET,
  PROJECTION_KEY,
  PROJECTOR_KEY,
  REBUILD_KEYS,
  rebuildKey,
  type SessionId,
  type SkippedEventView,
  skipsKey,
  WabusError
} from '@wabus/contracts';
import { Log, type Logger } from '@wabus/runtime';
import { bucketFilter, bucketKey } from '../projection/model-key.codec.js';
import type { ModelKey, ModelRecord } from '../projection/model.types.js';

/** Times of the read models, in ms. */
export interface ReadModelSettings {
  /** An edge that has not renewed its lease for this long no longer projects. */
  readonly leaseMs: number;
  /** Messages older than this are not stored. */
  readonly messageAgeMs: number;
}

/** The settings, injectable. */
export class ReadModelLimits {
  constructor(readonly settings: ReadModelSettings) {}
}

/** The progress of the projection. `base` is added to sequences of the log, so that orders continue to increase when a new log starts at 1. */
export interface ProjectionProgress {
  /** The name of the log. */
  readonly stream: string;
  readonly base: number;
  readonly order: number;
}

/** The start of the models of a session. */
export interface ModelFloor {
  /** Events up to this order do not belong to this session. */
  readonly from: number;
  /** When the session was created, which distinguishes it from another one with the same id; `null` if it was deleted. */
  readonly createdAt: string | null;
}

export interface Rebuild {
  readonly discard: boolean;
  /** ISO time. */
  readonly requestedAt: string;
  /** The orders at which the rebuild started and that it has reached; `null` until it starts. */
  readonly start: number | null;
  readonly done: number | null;
}

/** The events of a session that could not be projected and were skipped since its models were created or rebuilt. */
export interface Skips {
  readonly events: number;
  /** The order of the last skipped event. */
  readonly order: number;
  readonly last: SkippedEventView | null;
}

export const NOTHING_SKIPPED: Skips = { events: 0, order: 0, last: null };

export interface RecordChange {
  readonly session: SessionId;
  readonly key: ModelKey;
  /** `null` removes the record. */
  readonly record: ModelRecord | null;
}

/** A set of writes that is applied as a whole or not at all. */
export interface ModelCommit {
  readonly records?: readonly RecordChange[];
  readonly progress?: ProjectionProgress;
  readonly floors?: ReadonlyMap<SessionId, ModelFloor>;
  /** `null` ends a rebuild. */
  readonly rebuilds?: ReadonlyMap<SessionId, Rebuild | null>;
  /** `null` removes the entry. */
  readonly skips?: ReadonlyMap<SessionId, Skips | null>;
}

export type RecordSelection = ReadonlyMap<SessionId, ReadonlySet<ModelKey>>;

export interface ScanScope {
  readonly session: SessionId;
  readonly kind: ModelKind;
  /** For messages: the jid of one chat. */
  readonly chat?: string;
}

/** The most writes in one commit, including those other than records. */
export const MAX_COMMIT = 900;

/**
 * Stores read models, shared by all edges, for longer than the event log keeps events. One edge writes, under an epoch that the store itself checks; all edges read.
 * Every method throws `BROKER_UNAVAILABLE` if the store does not answer; a write may then have happened. Stored data that cannot be read counts as missing.
 */
export abstract class ReadModelStore {
  abstract read(session: SessionId, keys: Iterable<ModelKey>): Promise<Map<ModelKey, ModelRecord | null>>;
  /** Reads many records at once, for the edge that writes. It sees its own writes and those of earlier writers. */
  abstract readTogether(wanted: RecordSelection): Promise<ReadonlyMap<SessionId, ReadonlyMap<ModelKey, ModelRecord | null>>>;
  /** Passes every record of a kind to `visit`, one at a time and in no particular order, so that a scan needs little memory. */
  abstract scan(scope: ScanScope, visit: (record: ModelRecord, key: ModelKey) => void): Promise<void>;
  abstract progress(): Promise<ProjectionProgress | null>;
  abstract floors(): Promise<Map<SessionId, ModelFloor>>;
  abstract skips(session: SessionId): Promise<Skips | null>;
  abstract rebuild(session: SessionId): Promise<Rebuild | null>;
  abstract rebuilds(): Promise<Map<SessionId, Rebuild>>;
  /** Requests a rebuild, unless one is already requested. */
  abstract requestRebuild(session: SessionId, request: { discard: boolean; at: string }): Promise<Rebuild>;
  /**
   * Writes a commit with at most `MAX_COMMIT` changes. Returns `false` if the epoch has changed and nothing was written. Throws
   * `PAYLOAD_TOO_LARGE` for a record that the store does not accept.
   */
  abstract write(commit: ModelCommit, epoch: number): Promise<boolean>;
}

const SCAN_LIMIT_MS = 30_000;
const SECOND_MS = 1_000;

/** Stores read models in a NATS bucket, with one key per record. Old messages expire. */
@Injectable()
export class KvReadModelStore extends ReadModelStore {
  private readonly bucket: KeyValue;
  private readonly logger: Logger;

  constructor(
    buckets: KeyValueBuckets,
    private readonly limits: ReadModelLimits,
    log: Log
  ) {
    super();
    this.logger = log.for('read-models');
    this.bucket = buckets.bucket(MODELS_BUCKET);
  }

  override async read(session: SessionId, keys: Iterable<ModelKey>): Promise<Map<ModelKey, ModelRecord | null>> {
    const found = [...keys].map(async key => [key, await this.value<ModelRecord>(bucketKey(session, key))] as const);
    return new Map(await Promise.all(found));
  }

  override async readTogether(wanted: RecordSelection): Promise<Map<SessionId, Map<ModelKey, ModelRecord | null>>> {
    const selected = [...wanted].map(
      ([session, keys]) => [session, [...keys].map(key => [key, bucketKey(session, key)] as const)] as const
    );
    const found = await this.bucket.getAll(selected.flatMap(([, keys]) => keys.map(([, key]) => key)));
    const recordAt = (key: string): ModelRecord | null => {
      const entry = found.get(key);
      return entry === undefined ? null : this.decode<ModelRecord>(entry);
    };
    return new Map(selected.map(([session, keys]) => [session, new Map(keys.map(([key, stored]) => [key, recordAt(stored)]))]));
  }

  override async scan({ session, kind, chat }: ScanScope, visit: (record: ModelRecord, key: ModelKey) => void): Promise<void> {
    let fail: (error: Error) => void = () => undefined;
    const failure = new Promise<never>((_, reject) => (fail = reject));
    const late = setTimeout(() => fail(new WabusError('BROKER_UNAVAILABLE')), SCAN_LIMIT_MS);
    const watch = await this.bucket.watch(bucketFilter(session, kind, chat), change => {
      if (change.kind === 'delete') return;
      try {
        const record = this.decode<ModelRecord>(change.entry);
        if (record === null) return;
        const [, , ...rest] = change.entry.key.split('.');
        visit(record, [kind, ...rest].join('.'));
      } catch (error) {
        fail(error as Error);
      }
    });
    try {
      await Promise.race([watch.ready, failure]);
    } finally {
      clearTimeout(late);
      await watch.stop();
    }
  }

  override progress(): Promise<ProjectionProgress | null> {
    return this.value<ProjectionProgress>(PROJECTION_KEY);
  }

  override floors(): Promise<Map<SessionId, ModelFloor>> {
    return this.perSession<ModelFloor>(MODEL_FLOOR_KEYS);
  }

  override skips(session: SessionId): Promise<Skips | null> {
    return this.value<Skips>(skipsKey(session));
  }

  override rebuild(session: SessionId): Promise<Rebuild | null> {
    return this.value<Rebuild>(rebuildKey(session));
  }

  override rebuilds(): Promise<Map<SessionId, Rebuild>> {
    return this.perSession<Rebuild>(REBUILD_KEYS);
  }

  override async requestRebuild(session: SessionId, { discard, at }: { discard: boolean; at: string }): Promise<Rebuild> {
    const wanted: Rebuild = { discard, requestedAt: at, start: null, done: null };
    const outcome = await this.bucket.compareAndSet(rebuildKey(session), encodeJsonRecord(wanted), 0);
    return outcome.written ? wanted : ((await this.rebuild(session)) ?? wanted);
  }

  override async write({ records = [], progress, floors, rebuilds, skips }: ModelCommit, epoch: number): Promise<boolean> {
    const changes = new Map<string, Write>();
    for (const { session, key, record } of records) {
      const write = this.writeOf(record);
      if (write !== undefined) changes.set(bucketKey(session, key), write);
    }
    for (const [session, floor] of floors ?? []) changes.set(modelFloorKey(session), encodeJsonRecord(floor));
    for (const [session, rebuild] of rebuilds ?? []) changes.set(rebuildKey(session), rebuild && encodeJsonRecord(rebuild));
    for (const [session, skipped] of skips ?? []) changes.set(skipsKey(session), skipped && encodeJsonRecord(skipped));
    if (progress) changes.set(PROJECTION_KEY, encodeJsonRecord(progress));
    return (await this.bucket.commit(changes, { key: PROJECTOR_KEY, revision: epoch })).written;
  }

  /** `undefined` for a message that is too old to be stored. */
  private writeOf(record: ModelRecord | null): Write | undefined {
    if (record?.kind !== 'message') return record && encodeJsonRecord(record);
    const { messageAgeMs } = this.limits.settings;
    const ttlMs = Math.min(messageAgeMs, (record.timestamp ?? 0) * SECOND_MS + messageAgeMs - earliestNow());
    return ttlMs < SECOND_MS ? undefined : { value: encodeJsonRecord(record), ttlMs };
  }

  private async value<Value extends object>(key: string): Promise<Value | null> {
    const entry = await this.bucket.get(key);
    return entry && this.decode<Value>(entry);
  }

  private async perSession<Value extends object>(filter: string): Promise<Map<SessionId, Value>> {
    const found = new Map<SessionId, Value>();
    for (const entry of await this.bucket.list(filter)) {
      const session = entry.key.split('.')[1];
      const value = this.decode<Value>(entry);
      if (isSessionId(session) && value !== null) found.set(session, value);
    }
    return found;
  }

  /** A damaged record counts as missing. Its next event or a rebuild creates it again. */
  private decode<Value extends object>({ key, revision, value }: Entry): Value | null {
    const record = decodeJsonRecord<Value>(value);
    // The key is not logged, because it identifies people.
    if (record === null) this.logger.error({ kind: key.split('.')[0], revision }, 'skipping malformed read model record');
    return record;
  }
}
