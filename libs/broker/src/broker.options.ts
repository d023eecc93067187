/** The addresses, credentials and TLS files of the NATS servers. */
export interface BrokerConnection {
  /**
   * One address per server of a cluster: `host:port`, `nats://host:port` or `tls://host:port`.
   * May contain `user:password@` or `token@` instead of the fields below.
   */
  readonly servers: readonly string[];
  /** The name that NATS shows for this process. */
  readonly name: string;
  readonly token?: string;
  /** If set, replies arrive below `_INBOX_<user>`, so that NATS can forbid other users to subscribe to them. */
  readonly user?: string;
  readonly password?: string;
  /** Paths of PEM files. Any of them makes TLS mandatory, as does a `tls://` address: the client then sends nothing without encryption. */
  readonly tls?: { readonly caFile?: string; readonly certFile?: string; readonly keyFile?: string };
  /** Time limit of a request to JetStream, in ms. Default 2,000. */
  readonly requestTimeoutMs?: number;
}

/** The configuration of the event stream. A process that starts with different values updates the stream. */
export interface EventLogSettings {
  /** Number of replicas in a cluster: 1 or 3. Default 1. */
  readonly replicas?: number;
  /** Maximum age of an event, in ms. Older events are removed. Default 72 hours. */
  readonly maxAgeMs?: number;
  /** Maximum size of the stream in bytes; beyond it, the oldest events are removed. -1 means no limit. Default -1. */
  readonly maxBytes?: number;
  /** How long the stream itself detects a duplicate event id, in ms. Default 120,000. */
  readonly duplicateWindowMs?: number;
  /** Maximum number of publications without an acknowledgement. Default 256. */
  readonly maxInFlight?: number;
  /** How often a live feed without events compares its position with the end of the log, in ms. Default 1,000. */
  readonly supervisionMs?: number;
}

/** The configuration of a key-value bucket. */
export interface BucketSettings {
  readonly name: string;
  /** Number of replicas in a cluster: 1 or 3. Default 1. */
  readonly replicas?: number;
  /** How long the marker of a deleted key is kept, in ms, so that a watch that was disconnected still receives the deletion. Default 3,600,000. */
  readonly markerTtlMs?: number;
}

/** The configuration of an object store. */
export interface ObjectStoreSettings {
  readonly name: string;
  /** Retention of a file, in ms. */
  readonly ttlMs: number;
  /** Maximum size of all files in bytes; -1 means no limit. Each owner gets a share of it. */
  readonly maxBytes: number;
  /** Number of replicas in a cluster: 1 or 3. Default 1. */
  readonly replicas?: number;
}

/** The broker resources that a process uses. The event stream, the buckets and the object stores are created or updated before first use. */
export interface BrokerOptions {
  readonly connection: BrokerConnection;
  readonly eventLog?: EventLogSettings;
  readonly buckets: readonly BucketSettings[];
  readonly objectStores?: readonly ObjectStoreSettings[];
}
