import type { ErrorBody } from '../errors/wabus-error.js';
import type { EventEnvelope } from '../events/event-envelope.js';
import type { EventName } from '../events/event-catalog.js';
import type { SubscriptionRecord } from './subscription-record.js';

/** The durable form of `subscribe`, which joins the subscription with this name or creates it. */
export interface DurableSubscribeRequest {
  /** The name of the subscription: 1 to 64 characters of `A-Z a-z 0-9 _ -`. All clients that use the name share its events. */
  durable: string;
  /** The names of events, with wildcards. They may be missing if the subscription exists. */
  events?: string[];
  /** The sessions; if missing, all sessions that the token permits. */
  sessions?: string[];
  /** The position at which a new subscription begins: a cursor, or a time (ISO text). If missing, it begins now. */
  since?: string;
  /** How long a client may take to acknowledge a delivery, in ms: 500 to 3,600,000; by default 30,000. */
  ackWaitMs?: number;
  /** The number of deliveries that one client may have unacknowledged: 1 to 1,000; by default 16. */
  maxInFlight?: number;
  /** The number of deliveries after which an event becomes a dead letter: 1 to 100; by default 5. */
  maxDeliveries?: number;
  /** Whether to change the terms of an existing subscription. Without it, a request with other terms is refused with `SUBSCRIPTION_DIFFERS`. */
  update?: boolean;
}

/** The reply to a durable `subscribe`. */
export type DurableSubscribeOutcome = { ok: true; subscription: SubscriptionRecord } | { ok: false; error: ErrorBody };

/** The durable form of `unsubscribe`. */
export interface DurableUnsubscribeRequest {
  durable: string;
}

/** The reply to a durable `unsubscribe`: the names of the durable subscriptions that the connection still belongs to. */
export type DurableUnsubscribeOutcome = { ok: true; durable: string[] } | { ok: false; error: ErrorBody };

/** An event of a durable subscription, with its metadata and the attempt. The client must call the acknowledgment callback; see `DeliveryAnswer`. */
export interface EventDelivery<Name extends EventName = EventName> extends EventEnvelope<Name> {
  subscription: string;
  /** The number of the delivery: 1 for the first. */
  attempt: number;
}

/**
 * What a client passes to the acknowledgment callback of a `delivery`, or returns from the handler in python-socketio. Nothing, `null`, `true` and `{ok: true}`
 * acknowledge the event. Anything else refuses it: the event is delivered again after `retryInMs`, if given, and earlier than without any answer.
 */
export type DeliveryAnswer = undefined | null | boolean | string | { ok?: boolean; error?: unknown; retryInMs?: number };

/** A durable subscription with its outstanding work. */
export interface SubscriptionView extends SubscriptionRecord {
  /** The id of the token (or subject of a JWT) that created the subscription, as in `GET /api/tokens` and `GET /api/principal`. The same as `owner`. */
  createdBy: string | null;
  /** The number of events that have not been delivered yet. */
  waiting: number;
  /** The number of deliveries to any client that have not been acknowledged yet. */
  underWay: number;
  deadLetters: number;
}

/** An event that was delivered `attempts` times without being acknowledged. It remains listed as long as the event log has the event. */
export interface DeadLetter {
  /** The number of the dead letter within its subscription. */
  letter: number;
  attempts: number;
  /** When the event became a dead letter, as an ISO time. */
  deadAt: string;
  /** The error of the last refusal, or a note that no answer arrived. */
  reason: string;
  /** Whether the event is about to be delivered again. */
  redriving: boolean;
  event: EventEnvelope;
}

/** The reply of `GET /api/subscriptions/:name/dead-letters`, oldest first. */
export interface DeadLetterPage {
  deadLetters: DeadLetter[];
  /** The value of `after` for the next page; `null` after the last page. */
  next: number | null;
}
