import type { ErrorBody } from '../errors/wabus-error.js';
import type { EventEnvelope } from '../events/event-envelope.js';
import type { EventName } from '../events/event-catalog.js';
import type { SubscriptionRecord } from './subscription-record.js';

/** The durable form of `subscribe`: joins the subscription of this name, or creates it. */
export interface DurableSubscribeRequest {
  /** The name: 1 to 64 characters `A-Z a-z 0-9 _ -`. All clients that name it share its events. */
  durable: string;
  /** Names of events, with wildcards. May be missing when the subscription exists. */
  events?: string[];
  /** Sessions to hear of; all that the token permits when missing. */
  sessions?: string[];
  /** Where a new subscription begins: after a cursor, or at a time (ISO text). Now when missing. */
  since?: string;
  /** 500 to 3,600,000, default 30,000. */
  ackWaitMs?: number;
  /** 1 to 1,000, default 16. */
  maxInFlight?: number;
  /** 1 to 100, default 5. */
  maxDeliveries?: number;
  /** Changes an existing subscription of other terms; without it such a request is refused with `SUBSCRIPTION_DIFFERS`. */
  update?: boolean;
}

/** The answer to a durable `subscribe`. */
export type DurableSubscribeOutcome = { ok: true; subscription: SubscriptionRecord } | { ok: false; error: ErrorBody };

/** The durable form of `unsubscribe`. */
export interface DurableUnsubscribeRequest {
  durable: string;
}

/** The answer to a durable `unsubscribe`: the durable subscriptions that the connection still takes part in. */
export type DurableUnsubscribeOutcome = { ok: true; durable: string[] } | { ok: false; error: ErrorBody };

/** The event `delivery`: an event with the facts about it and about this delivery. Its ack function must be called, see `DeliveryAnswer`. */
export interface EventDelivery<Name extends EventName = EventName> extends EventEnvelope<Name> {
  subscription: string;
  /** 1 for the first delivery. */
  attempt: number;
}

/**
 * What a client gives to the ack function of a `delivery` (python-socketio: what the handler returns). Nothing, `null`, `true` or `{ok: true}` acknowledges.
 * Anything else refuses: the event comes again, after `retryInMs` when that is given, earlier than without an answer.
 */
export type DeliveryAnswer = undefined | null | boolean | string | { ok?: boolean; error?: unknown; retryInMs?: number };

/** What the subscription still has before it. */
export interface SubscriptionView extends SubscriptionRecord {
  /** The id of the token (or subject of a JWT) that made it, as in `GET /api/tokens` and `GET /api/principal`. The same as `owner`. */
  createdBy: string | null;
  /** Events that were not delivered yet. */
  waiting: number;
  /** Deliveries that are not acknowledged yet, over all clients. */
  underWay: number;
  deadLetters: number;
}

/** An event that was delivered `attempts` times and never acknowledged. It stays in the list as long as the event log has the event. */
export interface DeadLetter {
  /** Names it within its subscription. */
  letter: number;
  attempts: number;
  /** When it was given up, ISO time. */
  deadAt: string;
  /** What the last refusal said, or that no answer came. */
  reason: string;
  /** It is about to be delivered again. */
  redriving: boolean;
  event: EventEnvelope;
}

/** The answer of `GET /api/subscriptions/:name/dead-letters`, oldest first. */
export interface DeadLetterPage {
  deadLetters: DeadLetter[];
  /** Hand it back as `after` for the next page; `null` when there is none. */
  next: number | null;
}
