/** How to reach the NATS servers. */
export interface BrokerConnection {
  /** `host:port`, `nats://host:port` or `tls://host:port`, one for each server of a cluster, with `user:password@` or `token@` where credentials are not named below. */
  readonly servers: readonly string[];
  /** The name that NATS shows for this process. */
  readonly name: string;
  readonly token?: string;
  /** Its answers then arrive below `_INBOX_<user>`, where other users may be kept from listening. */
  readonly user?: string;
  readonly password?: string;
  /** Files as PEM. Any of them insists on TLS, as an address with `tls://` does: then nothing is sent without encryption. */
  readonly tls?: { readonly caFile?: string; readonly certFile?: string; readonly keyFile?: string };
  /** How long one request to JetStream may take before it counts as unanswered. Default 2,000. */
  readonly requestTimeoutMs?: number;
}

/** How the event stream is kept. Whoever starts with other values changes the stream. */
export interface EventLogSettings {
  /** Copies in a cluster: 1 or 3. Default 1. */
  readonly replicas?: number;
  /** Events older than this are removed. Default 72 hours. */
  readonly maxAgeMs?: number;
  /** The oldest events are removed beyond this size; -1 means no limit. Default -1. */
  readonly maxBytes?: number;
  /** How long the stream itself recognizes an id that it stored before. Default 120,000. */
  readonly duplicateWindowMs?: number;
  /** Events that may be under way to the broker at once. Default 256. */
  readonly maxInFlight?: number;
  /** How often a silent live feed asks how far the log has come. Default 1,000. */
  readonly supervisionMs?: number;
}

/** A bucket of keys. */
export interface BucketSettings {
  readonly name: string;
  /** Copies in a cluster: 1 or 3. Default 1. */
  readonly replicas?: number;
  /** How long the marker of a deleted key stays, so that a watch that was away receives it. Default 3,600,000. */
  readonly markerTtlMs?: number;
}

/** A store of files. */
export interface ObjectStoreSettings {
  readonly name: string;
  /** How long a file is kept. */
  readonly ttlMs: number;
  /** Of all files; -1 means no limit. Each owner has a share of it. */
  readonly maxBytes: number;
  /** Copies in a cluster: 1 or 3. Default 1. */
  readonly replicas?: number;
}

/** What a process wants of the broker. The event stream and the buckets are created or brought up to date before the first use. */
export interface BrokerOptions {
  readonly connection: BrokerConnection;
  readonly eventLog?: EventLogSettings;
  readonly buckets: readonly BucketSettings[];
  readonly objectStores?: readonly ObjectStoreSettings[];
}
