import { isSubscriptionName, type SubscriptionName } from './subscription-name.js';

/** The bucket of durable subscriptions. Edges only. It holds no secrets and no payloads. */
export const SUBSCRIPTIONS_BUCKET = 'WABUS_SUBSCRIPTIONS';
export const SUBSCRIPTION_KEYS = 'sub.*';

export const subscriptionKey = (name: SubscriptionName): string => `sub.${name}`;

/** The name in a key of the bucket, `null` for any other key. */
export function parseSubscriptionKey(key: string): SubscriptionName | null {
  const name = key.startsWith('sub.') ? key.slice(4) : '';
  return isSubscriptionName(name) ? name : null;
}

/** What a durable subscription delivers, and how patient it is. */
export interface SubscriptionTerms {
  /** Names of events; `*` stands for all and a name may end in `.*`. Sorted, none covered by another. */
  readonly events: readonly string[];
  readonly sessions: '*' | readonly string[];
  /** A delivery that is not acknowledged in this time is given to somebody again. */
  readonly ackWaitMs: number;
  /** Deliveries that one client may hold unacknowledged. With 1, one delivery is under way at a time over all clients, and order holds. */
  readonly maxInFlight: number;
  /** After so many deliveries without an acknowledgement an event becomes a dead letter. */
  readonly maxDeliveries: number;
}

/** A durable subscription as it is kept. */
export interface SubscriptionRecord extends SubscriptionTerms {
  readonly name: SubscriptionName;
  /** The id of the principal that created it: names the token in logs without revealing it. */
  readonly owner: string;
  /** ISO times. */
  readonly createdAt: string;
  readonly updatedAt: string;
}
