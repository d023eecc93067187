import type { Cursor } from '../events/cursor.codec.js';
import type { EventFacts } from '../events/event-headers.codec.js';

declare const brand: unique symbol;

/**
 * The name of a durable subscription. It has 1 to 64 characters of `A-Z a-z 0-9 _ -`, so that it is valid as a key, a path segment and part of a consumer's
 * name.
 */
export type SubscriptionName = string & { readonly [brand]: 'SubscriptionName' };

export const SUBSCRIPTION_NAME_PATTERN = /^[A-Za-z0-9_-]{1,64}$/;

export function isSubscriptionName(value: unknown): value is SubscriptionName {
  return typeof value === 'string' && SUBSCRIPTION_NAME_PATTERN.test(value);
}

/** The bucket of durable subscriptions, which only edges use. It contains no secrets and no payloads. */
export const SUBSCRIPTIONS_BUCKET = 'WABUS_SUBSCRIPTIONS';
export const SUBSCRIPTION_KEYS = 'sub.*';

export const subscriptionKey = (name: SubscriptionName): string => `sub.${name}`;

/** Returns the subscription whose record has this key; `null` for any other key. */
export function parseSubscriptionKey(key: string): SubscriptionName | null {
  const name = key.startsWith('sub.') ? key.slice(4) : '';
  return isSubscriptionName(name) ? name : null;
}

export const DEAD_LETTER_KEYS = 'dead.>';
export const deadLetterKey = (name: SubscriptionName, letter: number): string => `dead.${name}.${letter}`;
export const deadLetterKeysOf = (name: SubscriptionName): string => `dead.${name}.*`;

/** Returns the subscription and the number in the key of a dead letter; `null` for any other key. */
export function parseDeadLetterKey(key: string): { name: SubscriptionName; letter: number } | null {
  const [kind, name, letter, ...rest] = key.split('.');
  if (kind !== 'dead' || !isSubscriptionName(name) || !/^[1-9]\d{0,15}$/.test(letter ?? '') || rest.length > 0) return null;
  return { name, letter: Number(letter) };
}

/** A dead letter as stored. The event itself remains in the event log. */
export interface DeadLetterRecord {
  readonly facts: EventFacts;
  readonly cursor: Cursor;
  readonly attempts: number;
  /** When the event became a dead letter, as an ISO time. */
  readonly deadAt: string;
  readonly reason: string;
  /**
   * Present if somebody requested another delivery: the number of attempts since then, and the time in ms since 1970 until which it is left to the client that
   * is trying, or postponed.
   */
  readonly redrive?: { readonly attempts: number; readonly takenUntil: number };
}

/** The terms of a durable subscription: what it delivers, and how it retries. */
export interface SubscriptionTerms {
  /** The names of events. `*` stands for all events, and a name may end in `.*`. The list is sorted, and no name covers another. */
  readonly events: readonly string[];
  readonly sessions: '*' | readonly string[];
  /** How long a client may take to acknowledge a delivery, in ms. After that, the event is delivered again, to any client. */
  readonly ackWaitMs: number;
  /** The number of deliveries that one client may have unacknowledged. With 1, only one delivery is under way over all clients, so the order is kept. */
  readonly maxInFlight: number;
  /** The number of deliveries without an acknowledgement after which an event becomes a dead letter. */
  readonly maxDeliveries: number;
}

/** A durable subscription as stored. */
export interface SubscriptionRecord extends SubscriptionTerms {
  readonly name: SubscriptionName;
  /** Distinguishes the subscription from a removed one with the same name. */
  readonly id: string;
  /** The cursor where the subscription began. */
  readonly start: Cursor;
  /** The id of the principal that created the subscription. It identifies the token in logs without revealing it. */
  readonly owner: string;
  /** ISO times. */
  readonly createdAt: string;
  readonly updatedAt: string;
}
