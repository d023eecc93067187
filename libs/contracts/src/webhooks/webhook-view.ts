import type { Cursor } from '../events/cursor.codec.js';
import type { EventName } from '../events/event-catalog.js';
import type { CloudExtra, WebhookFormatName } from './webhook-wire.js';

/**
 * The unit whose events are delivered in order, each waiting for the earlier ones: a chat, a session, or none. An event about several chats follows the earlier
 * events of all of them. Events about no chat form a separate lane of their session.
 */
export type WebhookOrder = 'chat' | 'session' | 'none';

/**
 * Why a webhook is paused. `requested`: somebody requested it. `gone`: the endpoint answered 410. `refusing`: the endpoint refused many events in a row (400,
 * 422 and similar). `egress-denied`: its URL is not permitted. `token-gone`: the token of its creator is revoked, has expired or permits less; the pause ends
 * when the token is valid again or somebody resumes the webhook.
 */
export type PauseReason = 'requested' | 'gone' | 'egress-denied' | 'token-gone' | 'refusing';

/** `closed`: deliveries are sent. `open`: too many failed in a row, and none is sent until `until`. `half-open`: a single delivery is tried. */
export type BreakerState = 'closed' | 'open' | 'half-open';

/** A chat or session whose next event currently cannot be delivered. Its later events wait. */
export interface FailingView {
  /** The session; `*` in bulk mode, where all sessions share one lane. */
  session: string;
  /** The chat, with `order: chat`; `null` if the event is about no chat or about several. */
  chat: string | null;
  attempts: number;
  /** When the next attempt is made, as an ISO time. */
  nextAttemptAt: string;
  error: string;
}

/**
 * `delivering`: healthy. `failing`: attempts fail and are repeated. `refusing`: the endpoint refuses the content of several events in a row. These events
 * become dead letters, and after more of them the webhook is paused.
 */
export type WebhookCondition = 'delivering' | 'failing' | 'refusing';

/** The state of a webhook as its edge last wrote it, at most about a second ago. */
export interface WebhookState {
  /** The edge that delivers to the webhook; `null` if none does. */
  edge: string | null;
  /** The position in the event log before which all events are delivered, except for those that wait in `failing`; `null` before the first event. */
  cursor: Cursor | null;
  condition: WebhookCondition;
  /** The number of consecutive events that the endpoint has refused, and the time of the first one; `null` if it accepted the last event. */
  refusals: { inRow: number; since: string } | null;
  /** The number of events that wait to be delivered, as far as known, and when the oldest of them was emitted (ISO time). */
  backlog: { events: number; oldestAt: string | null };
  breaker: { state: BreakerState; failures: number; until: string | null };
  failing: FailingView[];
  delivered: number;
  failedAttempts: number;
  deadLetters: number;
}

/** A webhook as clients see it, without its secret and the values of its headers. */
export interface WebhookView {
  id: string;
  url: string;
  events: string[];
  /** The sessions; `*` for all. */
  sessions: string[] | '*';
  /** The chats to whose events the webhook is limited; `*` for all events. */
  chats: string[] | '*';
  /** The session that the webhook belongs to; `null` if it belongs to the whole installation. */
  session: string | null;
  headerNames: string[];
  bulk: { maxEvents: number; maxWaitMs: number } | null;
  order: WebhookOrder;
  format: WebhookFormatName;
  /** The additional content with the format `cloud-api`; empty with any other format. */
  extras: CloudExtra[];
  /** The options of the formats `waha` and `evolution`. `signed` is `true` if the webhook has a key for the signature of that format. */
  formatOptions: { events: string[] | '*'; byEvents: boolean; signed: boolean } | null;
  /** Until when deliveries are also signed with the previous secret, as an ISO time; `null` if they are not. */
  previousSecretUntil: string | null;
  /** How long one attempt may take, in ms; `null` for the value of WABUS_WEBHOOK_TIMEOUT_MS. */
  timeoutMs: number | null;
  paused: PauseReason | null;
  /** Why the webhook is paused and what to do about it, for people; `null` unless it is paused. */
  pauseNote: string | null;
  description: string | null;
  createdAt: string;
  /** The id of the token (or subject of the JWT) that created the webhook, as in `GET /api/tokens` and `GET /api/principal`; `null` if an early release created it. */
  createdBy: string | null;
  updatedAt: string;
  /** The id of the token that last changed the URL, events, sessions, headers, secret or position. */
  updatedBy: string | null;
  state: WebhookState;
}

/** The reply to a change. */
export interface ChangedWebhook extends WebhookView {
  /** Present if `since` is older than the log: events stored before `firstAt` (ISO time; `null` if the log is empty) are gone. */
  truncated?: { firstAt: string | null };
}

/** The reply to the creation of a webhook. Only this reply contains the secret. */
export interface CreatedWebhook extends ChangedWebhook {
  secret: string;
}

/** An event that could not be delivered. */
export interface DeadLetterView {
  id: string;
  deliveryId: string;
  session: string;
  event: EventName;
  eventId: string;
  attempts: number;
  /** The HTTP status of the last answer; `null` if there was none. */
  status: number | null;
  error: string;
  /** When the event became a dead letter, as an ISO time. */
  at: string;
  /** Whether a requested redelivery is still pending. */
  redriving: boolean;
}

/** One attempt at a delivery. */
export interface AttemptView {
  deliveryId: string;
  session: string;
  event: string;
  /** The number of events in the request. */
  events: number;
  attempt: number;
  outcome: 'delivered' | 'retry' | 'dead' | 'paused';
  status: number | null;
  error: string | null;
  durationMs: number;
  at: string;
  /** The headers of the request. The values of headers that the webhook configures are hidden. Missing in attempts of older releases. */
  requestHeaders?: Record<string, string>;
  /**
   * The headers of the answer and, unless the endpoint accepted the delivery, the first 2 KiB of its body. The bodies of older attempts are not kept. `null` if
   * there was no answer.
   */
  answer?: AttemptAnswer | null;
  /** The number of events that were waiting for the webhook, counted at most two seconds earlier. Missing in attempts of older releases. */
  backlog?: number;
  /** The cursors of the events. Missing if there are more than 10 events, and in attempts of older releases. */
  cursors?: string[];
}

/** One delivery, with its body if the log still has the events. */
export interface DeliveryView {
  deliveryId: string;
  /** The attempts, newest first. */
  attempts: AttemptView[];
  /** The first 65,536 characters of the body; `null` if the log no longer has the events, or the attempt does not name them. */
  requestBody: string | null;
  /** Whether the body is longer than `requestBody`. */
  cut: boolean;
}

export interface AttemptAnswer {
  headers: Record<string, string>;
  body: string;
}

/** The result of a requested delivery: a test or a repetition. */
export interface TestDelivery {
  delivered: boolean;
  deliveryId: string;
  status: number | null;
  error: string | null;
  durationMs: number;
}
