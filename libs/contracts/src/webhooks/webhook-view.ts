import type { Cursor } from '../events/cursor.codec.js';
import type { EventName } from '../events/event-catalog.js';

/**
 * Who paused a webhook: somebody by request, or Wabus, since the endpoint answered 410, its address is not permitted, or the token of whoever made it is gone (revoked,
 * expired, or it permits less). The last one ends when the token is back, or somebody resumes the webhook.
 */
export type PauseReason = 'requested' | 'gone' | 'egress-denied' | 'token-gone';

/** `closed`: deliveries go out. `open`: too many failed in a row, none go out until `until`. `half-open`: one is tried. */
export type BreakerState = 'closed' | 'open' | 'half-open';

/** A session whose next event cannot be delivered at the moment; its later events wait behind it. */
export interface FailingView {
  /** `*` in bulk mode, where all sessions share one line. */
  session: string;
  attempts: number;
  /** ISO time. */
  nextAttemptAt: string;
  error: string;
}

/** How a webhook does, as its edge wrote it last: up to about a second old. */
export interface WebhookState {
  /** The edge that drains it; `null` while none does. */
  edge: string | null;
  /** Everything before it is settled, apart from what `failing` sessions still wait for. `null` before the first event was looked at. */
  cursor: Cursor | null;
  breaker: { state: BreakerState; failures: number; until: string | null };
  failing: FailingView[];
  delivered: number;
  failedAttempts: number;
  deadLetters: number;
}

/** A webhook as it is shown: without secret and without the values of headers. */
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
  paused: PauseReason | null;
  /** Why it is paused and what to do about it, for people; `null` unless it is paused. */
  pauseNote: string | null;
  description: string | null;
  createdAt: string;
  /** The id of the token (or subject of a JWT) that made it, as in `GET /api/tokens` and `GET /api/principal`; `null` for one of a release that did not note it. */
  createdBy: string | null;
  updatedAt: string;
  /** The id of the token that last said where events go: address, events, sessions, headers, secret or position. */
  updatedBy: string | null;
  state: WebhookState;
}

/** The answer to a change. */
export interface ChangedWebhook extends WebhookView {
  /** `since` asked for more than the log still has: what was stored before `firstAt` (ISO time; `null` when the log is empty) is gone. */
  truncated?: { firstAt: string | null };
}

/** The answer to a creation: the only time that the secret is shown. */
export interface CreatedWebhook extends ChangedWebhook {
  secret: string;
}

/** An event that was given up on. */
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
  /** When it was given up, ISO time. */
  at: string;
  /** Somebody wants it delivered after all, and it is about to be. */
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
}

/** What came of a test delivery. */
export interface TestDelivery {
  delivered: boolean;
  deliveryId: string;
  status: number | null;
  error: string | null;
  durationMs: number;
}
