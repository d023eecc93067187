/** How many durable subscriptions there may be. Each costs the broker a consumer. */
export abstract class SubscriptionSettings {
  abstract readonly inAll: number;
  /** That one token has created. */
  abstract readonly perToken: number;
  /** By one token, on each edge. */
  abstract readonly createdPerMinute: number;
}
