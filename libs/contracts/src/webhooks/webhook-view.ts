import type { Cursor } from '../events/cursor.codec.js';
import type { EventName } from '../events/event-catalog.js';
import type { CloudExtra, WebhookFormatName } from './webhook-wire.js';

/**
 * The unit whose events stay in order, and wait while an earlier event of the unit fails: a chat, a whole session, or nothing. An event about several chats follows the earlier events of each of
 * them. Events about no chat form a separate lane in their session.
 */
export type WebhookOrder = 'chat' | 'session' | 'none';

/**
 * Why a webhook is paused: somebody requested it, the endpoint answered 410 or refused many events in a row (400, 422 and the like), its address is not
 * permitted, or the token of its creator is revoked, has expired or permits less. `token-gone` ends when the token is valid again, or when somebody resumes the webhook.
 */
export type PauseReason = 'requested' | 'gone' | 'egress-denied' | 'token-gone' | 'refusing';

/** `closed`: deliveries are sent. `open`: too many failed in a row, and none is sent until `until`. `half-open`: one delivery is tried. */
export type BreakerState = 'closed' | 'open' | 'half-open';

/** A chat or session whose next event cannot be delivered at the moment; its later events wait behind it. */
export interface FailingView {
  /** `*` in bulk mode, where all sessions share one lane. */
  session: string;
  /** The chat, with `order: chat`; `null` if the event is about no chat or about several. */
  chat: string | null;
  attempts: number;
  /** ISO time. */
  nextAttemptAt: string;
  error: string;
}

/**
 * `delivering`: healthy. `failing`: attempts fail and are repeated. `refusing`: the endpoint refuses the content of several events in a row. They become dead letters, and
 * after more of them the webhook is paused.
 */
export type WebhookCondition = 'delivering' | 'failing' | 'refusing';

/** The state of a webhook, as last written by its edge: up to about a second old. */
export interface WebhookState {
  /** The edge that delivers it; `null` if none does. */
  edge: string | null;
  /** The position in the log: all earlier events are delivered, except those that wait in `failing`. `null` before the first event. */
  cursor: Cursor | null;
  condition: WebhookCondition;
  /** How many events in a row the endpoint has refused, and since when; `null` if it accepted the last one. */
  refusals: { inRow: number; since: string } | null;
  /** The number of events that wait to be delivered, as far as it is known, and when the oldest of them happened (ISO time). */
  backlog: { events: number; oldestAt: string | null };
  breaker: { state: BreakerState; failures: number; until: string | null };
  failing: FailingView[];
  delivered: number;
  failedAttempts: number;
  deadLetters: number;
}

/** A webhook as clients see it: without its secret and the values of headers. */
export interface WebhookView {
  id: string;
  url: string;
  events: string[];
  /** `*` for all sessions. */
  sessions: string[] | '*';
  /** Only events about these chats; `*` for all events. */
  chats: string[] | '*';
  /** The session that the webhook belongs to; `null` if it belongs to the whole installation. */
  session: string | null;
  headerNames: string[];
  bulk: { maxEvents: number; maxWaitMs: number } | null;
  order: WebhookOrder;
  format: WebhookFormatName;
  /** Additional fields of the format `cloud-api`; empty with any other format. */
  extras: CloudExtra[];
  /** The options of the formats `waha` and `evolution`; `signed` if the webhook has a key for the signature of that format. */
  formatOptions: { events: string[] | '*'; byEvents: boolean; signed: boolean } | null;
  /** Until when deliveries are also signed with the previous secret (ISO time); `null` if they are not. */
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
  /** The id of the token that last changed the address, events, sessions, headers, secret or position. */
  updatedBy: string | null;
  state: WebhookState;
}

/** The answer to a change. */
export interface ChangedWebhook extends WebhookView {
  /** Present if `since` is older than the log: events stored before `firstAt` (ISO time; `null` if the log is empty) are gone. */
  truncated?: { firstAt: string | null };
}

/** The reply to its creation: the only time that the secret is shown. */
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
  /** HTTP status of the last answer; `null` if there was none. */
  status: number | null;
  error: string;
  /** When the event became a dead letter, as an ISO time. */
  at: string;
  /** Whether somebody requested a redelivery that is still pending. */
  redriving: boolean;
}

/** One attempt to deliver. */
export interface AttemptView {
  deliveryId: string;
  session: string;
  event: string;
  /** How many events were in the request. */
  events: number;
  attempt: number;
  outcome: 'delivered' | 'retry' | 'dead' | 'paused';
  status: number | null;
  error: string | null;
  durationMs: number;
  at: string;
  /** Headers of the request; the values of headers that the webhook configures are hidden. Missing in attempts of older releases. */
  requestHeaders?: Record<string, string>;
  /** Headers of the answer and, unless the endpoint accepted the delivery, the first 2 KiB of its body; the bodies of older attempts are not kept. `null` without an answer. */
  answer?: AttemptAnswer | null;
  /** How many events of the webhook were waiting, counted at most two seconds earlier. Missing in attempts of older releases. */
  backlog?: number;
  /** The cursors of the events. Missing for more than 10 events, and in attempts of older releases. */
  cursors?: string[];
}

/** One delivery, with its body as the log still has it. */
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

/** The result of a requested delivery: a test, or a repetition. */
export interface TestDelivery {
  delivered: boolean;
  deliveryId: string;
  status: number | null;
  error: string | null;
  durationMs: number;
}
