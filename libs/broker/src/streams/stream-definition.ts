import { DiscardPolicy, RetentionPolicy, StorageType, StoreCompression, type StreamConfig } from '@nats-io/jetstream';
import { nanos } from '@nats-io/transport-node';
import { ALL_EVENTS_SUBJECT, EVENT_PARTS_BUCKET, EVENT_STREAM, liveSubject, MEDIA_BUCKET } from '@wabus/contracts';
import type { BucketSettings, EventLogSettings, ObjectStoreSettings } from '../broker.options.js';
import { objectStreamName } from '../object-store/object.codec.js';
import { bucketStreamName, bucketSubject } from '../key-value/entry.codec.js';

/** The required configuration of a stream. Fields that it omits stay unchanged. */
export type StreamDefinition = Partial<StreamConfig> & Pick<StreamConfig, 'name' | 'subjects'>;

export const DEFAULT_DUPLICATE_WINDOW_MS = 120_000;
const DEFAULT_MAX_AGE_MS = 72 * 3_600_000;
const DEFAULT_MARKER_TTL_MS = 3_600_000;

/** nats-server 2.15 allows only 1,000 consumers by default; beyond it, nothing could be read. The number per client is limited where consumers are created. */
const MAX_CONSUMERS = 100_000;

/** Returns the definition of the stream of all events. It republishes stored events, so that live readers need no consumer. */
export function eventStream(settings: EventLogSettings): StreamDefinition {
  return {
    name: EVENT_STREAM,
    subjects: [ALL_EVENTS_SUBJECT],
    storage: StorageType.File,
    max_consumers: MAX_CONSUMERS,
    retention: RetentionPolicy.Limits,
    discard: DiscardPolicy.Old,
    compression: StoreCompression.S2,
    num_replicas: settings.replicas ?? 1,
    max_age: nanos(settings.maxAgeMs ?? DEFAULT_MAX_AGE_MS),
    max_bytes: settings.maxBytes ?? -1,
    duplicate_window: nanos(settings.duplicateWindowMs ?? DEFAULT_DUPLICATE_WINDOW_MS),
    allow_direct: true,
    // Events of one session that wait for the log are stored in one batch.
    allow_atomic: true,
    deny_delete: true,
    republish: { src: ALL_EVENTS_SUBJECT, dest: liveSubject(ALL_EVENTS_SUBJECT) }
  };
}

/** Returns the definition of the stream of a bucket, in the format of ADR-8 so that NATS tools can read it, with atomic batches and markers that expire. */
export function bucketStream(settings: BucketSettings): StreamDefinition {
  return {
    name: bucketStreamName(settings.name),
    subjects: [bucketSubject(settings.name, '>')],
    storage: StorageType.File,
    max_consumers: MAX_CONSUMERS,
    retention: RetentionPolicy.Limits,
    discard: DiscardPolicy.New,
    max_msgs_per_subject: 1,
    num_replicas: settings.replicas ?? 1,
    duplicate_window: nanos(DEFAULT_DUPLICATE_WINDOW_MS),
    allow_direct: true,
    allow_rollup_hdrs: true,
    deny_delete: true,
    allow_msg_ttl: true,
    subject_delete_marker_ttl: nanos(settings.markerTtlMs ?? DEFAULT_MARKER_TTL_MS),
    allow_atomic: true
  };
}

/** Returns the definition of the stream of an object store. A full store refuses writes: the process that fills it chooses which files to remove early. */
export function objectStream({ name, ttlMs, maxBytes, replicas = 1 }: ObjectStoreSettings): StreamDefinition {
  return {
    name: objectStreamName(name),
    subjects: [`$O.${name}.>`],
    storage: StorageType.File,
    retention: RetentionPolicy.Limits,
    discard: DiscardPolicy.New,
    max_consumers: MAX_CONSUMERS,
    max_msgs_per_subject: 1,
    num_replicas: replicas,
    max_age: nanos(ttlMs),
    max_bytes: maxBytes,
    duplicate_window: nanos(Math.min(DEFAULT_DUPLICATE_WINDOW_MS, ttlMs)),
    allow_direct: true
  };
}

export const markerTtlMs = (settings: BucketSettings): number => settings.markerTtlMs ?? DEFAULT_MARKER_TTL_MS;

/** Returns the setting that decides how much of the disk a stream reserves; `null` if it reserves nothing. */
export const sizeSetting = (stream: string): SizeSetting | null => SIZE_SETTINGS.get(stream) ?? null;

type SizeSetting = 'WABUS_EVENTS_MAX_BYTES' | 'WABUS_MEDIA_MAX_BYTES' | 'WABUS_EVENT_PARTS_MAX_BYTES';
const SIZE_SETTINGS: ReadonlyMap<string, SizeSetting> = new Map([
  [EVENT_STREAM, 'WABUS_EVENTS_MAX_BYTES'],
  [objectStreamName(MEDIA_BUCKET), 'WABUS_MEDIA_MAX_BYTES'],
  [objectStreamName(EVENT_PARTS_BUCKET), 'WABUS_EVENT_PARTS_MAX_BYTES']
]);
