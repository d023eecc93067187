import type { Cursor } from '../events/cursor.codec.js';
import type { EventName } from '../events/event-catalog.js';
import type { CloudExtra, WebhookFormatName } from './webhook-wire.js';

/**
 * What keeps its order, and waits while an earlier event of it fails: a chat, a whole session, or nothing. An event about several chats follows what came before it in each of
 * them. Events about no chat form a lane of their own in their session.
 */
export type WebhookOrder = 'chat' | 'session' | 'none';

/**
 * Who paused a webhook: somebody by request, or Wabus, because the endpoint answered 410 or refused many events in a row (400, 422 and the like), its address is not
 * permitted, or the token of its creator is revoked, has expired or permits less. `token-gone` ends when the token is back, or somebody resumes the webhook.
 */
export type PauseReason = 'requested' | 'gone' | 'egress-denied' | 'token-gone' | 'refusing';

/** `closed`: deliveries are sent. `open`: too many failed in a row, and none are sent until `until`. `half-open`: one is tried. */
export type BreakerState = 'closed' | 'open' | 'half-open';

/** A chat or session whose next event cannot be delivered at the moment; its later events wait behind it. */
export interface FailingView {
  /** `*` in bulk mode, where all sessions share one line. */
  session: string;
  /** With `order: chat`, unless the event is about no chat or several. */
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
  /** Everything before it is delivered, apart from the waiting events of `failing` sessions. `null` before the first event. */
  cursor: Cursor | null;
  condition: WebhookCondition;
  /** Events in a row that the endpoint refused, since when; `null` when it took the last one. */
  refusals: { inRow: number; since: string } | null;
  /** What waits to be delivered, as far as it is known, and when the oldest of it happened (ISO time). */
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
  /** `*` for all. */
  sessions: string[] | '*';
  /** Only events about these chats; `*` for all events. */
  chats: string[] | '*';
  /** The session that it belongs to; `null` for one of the whole installation. */
  session: string | null;
  headerNames: string[];
  bulk: { maxEvents: number; maxWaitMs: number } | null;
  order: WebhookOrder;
  format: WebhookFormatName;
  /** What it carries besides with the format `cloud-api`; empty with any other. */
  extras: CloudExtra[];
  /** With `waha` and `evolution`: what the webhook chose; `signed` when it has a key of that form. */
  formatOptions: { events: string[] | '*'; byEvents: boolean; signed: boolean } | null;
  /** Until when deliveries are also signed with the secret before the last change (ISO time); `null` when they are not. */
  previousSecretUntil: string | null;
  /** How long one attempt may take; `null` for as long as WABUS_WEBHOOK_TIMEOUT_MS says. */
  timeoutMs: number | null;
  paused: PauseReason | null;
  /** Why it is paused and what to do about it, for people; `null` unless it is paused. */
  pauseNote: string | null;
  description: string | null;
  createdAt: string;
  /** The id of the token (or subject of a JWT) that created it, as in `GET /api/tokens` and `GET /api/principal`; `null` for one of a release that did not note it. */
  createdBy: string | null;
  updatedAt: string;
  /** The id of the token that last changed its target: address, events, sessions, headers, secret or position. */
  updatedBy: string | null;
  state: WebhookState;
}

/** The answer to a change. */
export interface ChangedWebhook extends WebhookView {
  /** `since` asked for more than the log still has: what was stored before `firstAt` (ISO time; `null` when the log is empty) is gone. */
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
  /** Status of the last answer, `null` when there was none. */
  status: number | null;
  error: string;
  /** When it became a dead letter, as an ISO time. */
  at: string;
  /** Somebody asked to deliver it again, and the delivery is pending. */
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
  /** Of the request; values of the webhook's own headers are hidden. Missing in attempts of older releases. */
  requestHeaders?: Record<string, string>;
  /** Headers of the answer and, unless the delivery was taken, its first 2 KiB; the text of older attempts is not kept. `null` without an answer. */
  answer?: AttemptAnswer | null;
  /** How many events of the webhook waited then, to about two seconds. Missing in attempts of older releases. */
  backlog?: number;
  /** The events, as places in the log. Missing for more than 10 of them, and in attempts of older releases. */
  cursors?: string[];
}

/** One delivery, with its body as the log still has it. */
export interface DeliveryView {
  deliveryId: string;
  /** Newest first. */
  attempts: AttemptView[];
  /** The first 65,536 characters of what was sent; `null` when the log no longer has the events, or the attempt does not name them. */
  requestBody: string | null;
  /** The body is longer. */
  cut: boolean;
}

export interface AttemptAnswer {
  headers: Record<string, string>;
  body: string;
}

/** The result of a delivery that somebody asked for: a test, or a repetition. */
export interface TestDelivery {
  delivered: boolean;
  deliveryId: string;
  status: number | null;
  error: string | null;
  durationMs: number;
}
