import type { NatsConnection } from '../connection/nats-connection.js';

/** Brings what a stream holds from the format before to this one. It may be interrupted and begun again, and run in two processes at once. */
export type Migration = (connection: NatsConnection, stream: string) => Promise<void>;

/** How the records of one stream are written. */
export interface StreamFormat {
  /** The format that this release writes. */
  readonly format: number;
  /** The oldest format that this release reads as it is, for a process that may not change streams. 0: what no release has marked yet. */
  readonly readable: number;
  /** The first release that reads `format`: an older one that meets it names this one. */
  readonly release: string;
  /** By the format that they lead to, for each above `readable` and for whatever is rewritten although it can be read. */
  readonly migrations: Readonly<Record<number, Migration>>;
}

/** What was kept before streams were marked is format 1 without its mark. */
const FIRST: StreamFormat = { format: 1, readable: 0, release: '0.1.0', migrations: {} };

/** 2: the newest contents of records are in rings (ADR 39). A process that does not know them would use keys again, so the mark has to be there before the first entry. */
const OWNERSHIP: StreamFormat = { format: 2, readable: 2, release: '0.2.0', migrations: {} };

/**
 * The format of every stream, by the name of the stream. A change of what is stored that a former release cannot read raises one number here and adds one migration; a field
 * that former releases ignore raises nothing.
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

/** The format of a stream. One that is not in the catalog, such as a test's, is of the first. */
export const formatOf = (stream: string): StreamFormat => STREAM_FORMATS[stream] ?? FIRST;
