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
  /** The sessions; all that the token permits if missing. */
  sessions?: string[];
  /** Where a new subscription starts: after a cursor, or at a time (ISO text). Now if missing. */
  since?: string;
  /** 500 to 3,600,000, default 30,000. */
  ackWaitMs?: number;
  /** 1 to 1,000, default 16. */
  maxInFlight?: number;
  /** 1 to 100, default 5. */
  maxDeliveries?: number;
  /** Changes the terms of an existing subscription. Without it, a request with different terms is refused with `SUBSCRIPTION_DIFFERS`. */
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
 * Anything else refuses: the event is delivered again, after `retryInMs` if given, and earlier than without an answer.
 */
export type DeliveryAnswer = undefined | null | boolean | string | { ok?: boolean; error?: unknown; retryInMs?: number };

/** The outstanding work of the subscription. */
export interface SubscriptionView extends SubscriptionRecord {
  /** The id of the token (or subject of a JWT) that created it, as in `GET /api/tokens` and `GET /api/principal`. The same as `owner`. */
  createdBy: string | null;
  /** The number of events that have not been delivered yet. */
  waiting: number;
  /** The number of deliveries that have not been acknowledged yet, over all clients. */
  underWay: number;
  deadLetters: number;
}

/** An event that was delivered `attempts` times and never acknowledged. It stays in the list as long as the event log has the event. */
export interface DeadLetter {
  /** The number of the dead letter within its subscription. */
  letter: number;
  attempts: number;
  /** When it became a dead letter, as an ISO time. */
  deadAt: string;
  /** The error of the last refusal, or a note that no answer arrived. */
  reason: string;
  /** Whether the event is about to be delivered again. */
  redriving: boolean;
  event: EventEnvelope;
}

/** The answer of `GET /api/subscriptions/:name/dead-letters`, oldest first. */
export interface DeadLetterPage {
  deadLetters: DeadLetter[];
  /** Pass it as `after` for the next page; `null` if there is none. */
  next: number | null;
}
