/** Limits of the event gateway towards its clients. */
export abstract class GatewaySettings {
  /** More than this waiting for a client, and it gets its events from the log at its own pace. */
  abstract readonly clientBufferBytes: number;
  /** The most that may wait for all clients together: the nearer it comes, the less for each. */
  abstract readonly bufferBytes: number;
  /** A client that takes nothing for so long is disconnected with `SLOW_CONSUMER`. */
  abstract readonly clientStallMs: number;
  /** Connections that one token may have to this edge. */
  abstract readonly maxConnectionsPerToken: number;
  /** Different pairs of sessions and chats that one connection may subscribe to. */
  abstract readonly maxSubscriptionsPerConnection: number;
}
