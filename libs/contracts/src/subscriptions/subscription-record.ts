import type { Cursor } from '../events/cursor.codec.js';
import type { EventFacts } from '../events/event-headers.codec.js';

declare const brand: unique symbol;

/** The name of a durable subscription. One to 64 characters of `A-Z a-z 0-9 _ -`, so it is a key, a path segment and part of a consumer's name as it is. */
export type SubscriptionName = string & { readonly [brand]: 'SubscriptionName' };

export const SUBSCRIPTION_NAME_PATTERN = /^[A-Za-z0-9_-]{1,64}$/;

export function isSubscriptionName(value: unknown): value is SubscriptionName {
  return typeof value === 'string' && SUBSCRIPTION_NAME_PATTERN.test(value);
}

/** The bucket of durable subscriptions. Edges only. It holds no secrets and no payloads. */
export const SUBSCRIPTIONS_BUCKET = 'WABUS_SUBSCRIPTIONS';
export const SUBSCRIPTION_KEYS = 'sub.*';

export const subscriptionKey = (name: SubscriptionName): string => `sub.${name}`;

/** The name in a key of the bucket, `null` for any other key. */
export function parseSubscriptionKey(key: string): SubscriptionName | null {
  const name = key.startsWith('sub.') ? key.slice(4) : '';
  return isSubscriptionName(name) ? name : null;
}

export const DEAD_LETTER_KEYS = 'dead.>';
export const deadLetterKey = (name: SubscriptionName, letter: number): string => `dead.${name}.${letter}`;
export const deadLetterKeysOf = (name: SubscriptionName): string => `dead.${name}.*`;

/** The subscription and the number in the key of a dead letter, `null` for any other key. */
export function parseDeadLetterKey(key: string): { name: SubscriptionName; letter: number } | null {
  const [kind, name, letter, ...rest] = key.split('.');
  if (kind !== 'dead' || !isSubscriptionName(name) || !/^[1-9]\d{0,15}$/.test(letter ?? '') || rest.length > 0) return null;
  return { name, letter: Number(letter) };
}

/** A dead letter as it is kept: the event itself stays in the event log. */
export interface DeadLetterRecord {
  readonly facts: EventFacts;
  readonly cursor: Cursor;
  readonly attempts: number;
  /** ISO time. */
  readonly deadAt: string;
  readonly reason: string;
  /** Somebody wants it delivered again: this often it was tried since, and until when (ms since 1970) it is left to whoever tries it now, or left alone. */
  readonly redrive?: { readonly attempts: number; readonly takenUntil: number };
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
  /** The number of deliveries without an acknowledgement after which an event becomes a dead letter. */
  readonly maxDeliveries: number;
}

/** A durable subscription as it is kept. */
export interface SubscriptionRecord extends SubscriptionTerms {
  readonly name: SubscriptionName;
  /** Distinguishes the subscription from a removed one with the same name. */
  readonly id: string;
  /** The cursor where the subscription began. */
  readonly start: Cursor;
  /** The id of the principal that created it: names the token in logs without revealing it. */
  readonly owner: string;
  /** ISO times. */
  readonly createdAt: string;
  readonly updatedAt: string;
}
