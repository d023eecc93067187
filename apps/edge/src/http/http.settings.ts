/** What answers without an end cost and how they are kept alive. */
export abstract class HttpSettings {
  /** Event streams that one token may have open at this edge. */
  abstract readonly maxStreamsPerToken: number;
  /** How often a stream without news says that it is still there. */
  abstract readonly keepAliveMs: number;
}
