import type { NatsConnection } from '../connection/nats-connection.js';

/**
 * Converts the content of a stream from the previous format to this one. It must be resumable after an interruption and safe to run in two processes at once.
 */
export type Migration = (connection: NatsConnection, stream: string) => Promise<void>;

/** The format of the records of one stream. */
export interface StreamFormat {
  /** The format that this release writes. */
  readonly format: number;
  /** The oldest format that this release can read without a migration, for processes that may not change streams. 0 means a stream without a mark. */
  readonly readable: number;
  /** The first release that reads `format`; older releases name it in their error. */
  readonly release: string;
  /** Migrations by the format that they produce: one for each format above `readable`, and for formats that are rewritten although they are readable. */
  readonly migrations: Readonly<Record<number, Migration>>;
}

/** Streams from before the marks existed are format 1 without a mark. */
const FIRST: StreamFormat = { format: 1, readable: 0, release: '0.1.0', migrations: {} };

/**
 * Format 2: the newest contents of records are in rings (ADR 39).
 * An older process that ignores the rings would reuse keys, so the mark must exist before the first entry.
 */
const OWNERSHIP: StreamFormat = { format: 2, readable: 2, release: '0.2.0', migrations: {} };

/**
 * The format of every stream, by stream name.
 * A change of the stored data that an earlier release cannot read increases one number here and adds one migration; a field that earlier releases ignore
 * changes nothing.
 */
export const STREAM_FORMATS: Readonly<Record<string, StreamFormat>> = {
  WABUS_EVENTS: FIRST,
  KV_WABUS_REGISTRY: FIRST,
  KV_WABUS_OWNERSHIP: OWNERSHIP,
  KV_WABUS_TOKENS: FIRST,
  KV_WABUS_WEBHOOKS: FIRST,
  KV_WABUS_SUBSCRIPTIONS: FIRST,
  KV_WABUS_MODELS: FIRST,
  OBJ_WABUS_MEDIA: FIRST,
  OBJ_WABUS_EVENT_PARTS: FIRST
};

/** Returns the format of a stream. A stream outside the catalog, such as one of a test, has the first format. */
export const formatOf = (stream: string): StreamFormat => STREAM_FORMATS[stream] ?? FIRST;
