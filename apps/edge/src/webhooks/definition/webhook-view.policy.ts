import { WabusError, encodeCursor, type PauseReason, type SessionId, type WebhookState, type WebhookView } from '@wabus/contracts';
import { authorise, hasScope } from '../../auth/authorise.policy.js';
import type { Principal } from '../../auth/principal.js';
import { breakerStateOf } from '../delivery/breaker.state.js';
import { isRefusing } from '../delivery/refusals.state.js';
import type { WebhookProgress } from '../dispatching/progress.policy.js';
import { partsOfLane } from '../dispatching/lane-key.policy.js';
import { extrasOf, orderOf, secretsOf, webhookFormatOf, type WebhookRecord } from './webhook-record.policy.js';

/** The session in the path of a request, or `null` on the routes of all webhooks. */
export type RouteSession = SessionId | null;

/**
 * Requires the scopes `read` and `control` for the session, or for all sessions on the routes of all webhooks, because a webhook sends
 * events to an address. Throws `FORBIDDEN`.
 */
export function authoriseWebhooks(principal: Principal, session: RouteSession): void {
  if (session !== null) {
    authorise(principal, 'control', session);
    authorise(principal, 'read', session);
    return;
  }
  if (principal.sessions !== '*')
    throw new WabusError('FORBIDDEN', {
      message: 'This request requires a token for all sessions. For one session, use /api/sessions/<session>/webhooks.'
    });
  for (const scope of ['control', 'read'] as const) {
    if (!hasScope(principal, scope))
      throw new WabusError('FORBIDDEN', { message: `The token lacks the scope "${scope}".`, details: { scope } });
  }
}

/** Returns whether a token is permitted to have a webhook, which is the case if it could create it. */
export function mayHave(principal: Principal, { session }: WebhookRecord): boolean {
  try {
    authoriseWebhooks(principal, session);
    return true;
  } catch {
    return false;
  }
}

/**
 * Returns whether a webhook is visible on a route. The routes of a session show only its own webhooks, because the holders of its tokens
 * could otherwise change other webhooks.
 */
export function isVisibleOn(route: RouteSession, record: WebhookRecord): boolean {
  return route === null || record.session === route;
}

const FAILING_SHOWN = 20;
const RESUME = 'Resume it (POST …/resume) to deliver the events that the log still has.';
const PAUSE_NOTES: Record<PauseReason, string> = {
  requested: `Somebody paused it. ${RESUME}`,
  gone: `The endpoint answered with status 410. ${RESUME}`,
  'egress-denied': `Wabus is not permitted to call the address: correct url, or permit the host in WABUS_EGRESS_ALLOW. ${RESUME}`,
  refusing:
    'The endpoint refused many events in a row: GET …/deliveries shows its answers. Resume the webhook (POST …/resume) when the endpoint accepts them: refused events are delivered again.',
  'token-gone':
    'The token named by createdBy or updatedBy has been revoked, has expired or no longer permits this webhook. ' +
    `${RESUME} The webhook then belongs to the token that resumes it.`
};

/** Returns a webhook as clients see it. Copies field by field, so that a secret field that is added later does not become visible. */
export function webhookViewOf(
  record: WebhookRecord,
  { progress, edge, orphan, now }: { progress: WebhookProgress | null; edge: string | null; orphan: boolean; now: number }
): WebhookView {
  const paused = record.paused ?? (orphan ? 'token-gone' : null);
  return {
    id: record.id,
    url: record.url,
    events: [...record.events],
    sessions: record.sessions === null ? '*' : [...record.sessions],
    chats: record.chats ? [...record.chats] : '*',
    session: record.session,
    headerNames: Object.keys(record.headers),
    bulk: record.bulk && { ...record.bulk },
    order: orderOf(record),
    format: webhookFormatOf(record),
    extras: webhookFormatOf(record) === 'cloud-api' ? [...extrasOf(record)] : [],
    formatOptions: shownOptions(record.formatOptions),
    previousSecretUntil: secretsOf(record, new Date(now)).length > 1 ? record.previousSecret!.until : null,
    timeoutMs: record.timeoutMs ?? null,
    paused,
    pauseNote: paused && PAUSE_NOTES[paused],
    description: record.description,
    createdAt: record.createdAt,
    createdBy: record.creator?.id ?? null,
    updatedAt: record.updatedAt,
    updatedBy: (record.editor ?? record.creator)?.id ?? null,
    state: { edge, ...stateView(progress, now) }
  };
}

/** Omits the key. */
function shownOptions(options: WebhookRecord['formatOptions']): WebhookView['formatOptions'] {
  if (options == null) return null;
  const { events, byEvents = false, hmacKey } = options;
  return { events: events === undefined ? '*' : [...events], byEvents, signed: hmacKey !== undefined };
}

function stateView(progress: WebhookProgress | null, now: number): Omit<WebhookState, 'edge'> {
  if (progress === null) {
    return {
      cursor: null,
      condition: 'delivering',
      refusals: null,
      backlog: { events: 0, oldestAt: null },
      breaker: { state: 'closed', failures: 0, until: null },
      failing: [],
      delivered: 0,
      failedAttempts: 0,
      deadLetters: 0
    };
  }
  const { stream, marks, breaker, delivered, failedAttempts, deadLetters, refusals = null, backlog } = progress;
  const failing = Object.entries(marks.lanes).flatMap(([key, { failure }]) =>
    failure
      ? [
          {
            ...placeOf(key),
            attempts: failure.attempts,
            nextAttemptAt: new Date(failure.nextAttemptAt).toISOString(),
            error: failure.error
          }
        ]
      : []
  );
  return {
    cursor: encodeCursor({ stream, sequence: marks.floor }),
    condition: isRefusing(refusals) ? 'refusing' : breaker.failures > 0 || failing.length > 0 ? 'failing' : 'delivering',
    refusals: refusals && { ...refusals },
    backlog: backlog ?? { events: failing.length, oldestAt: null },
    breaker: {
      state: breakerStateOf(breaker, now),
      failures: breaker.failures,
      until: breaker.until === null ? null : new Date(breaker.until).toISOString()
    },
    failing: failing.slice(0, FAILING_SHOWN),
    delivered,
    failedAttempts,
    deadLetters
  };
}

function placeOf(key: string): { session: string; chat: string | null } {
  const { session, chat } = partsOfLane(key);
  return { session: session ?? '*', chat };
}
