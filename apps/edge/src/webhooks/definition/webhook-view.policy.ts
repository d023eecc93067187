import { encodeCursor, type PauseReason, type WebhookState, type WebhookView } from '@wabus/contracts';
import { stateOf } from '../delivery/breaker.state.js';
import type { Progress } from '../draining/progress.js';
import type { WebhookRecord } from './webhook.record.js';

const FAILING_SHOWN = 20;
const RESUME = 'Resume it (POST …/resume) to deliver what the log still has.';
const PAUSE_NOTES: Record<PauseReason, string> = {
  requested: `Somebody paused it. ${RESUME}`,
  gone: `The endpoint answered 410. ${RESUME}`,
  'egress-denied': `The address may not be reached from here: correct url, or WABUS_EGRESS_ALLOW. ${RESUME}`,
  'token-gone':
    'The token named by createdBy or updatedBy is revoked, has expired or no longer permits this webhook. ' +
    `${RESUME} The webhook then belongs to the token that resumes it.`
};

/** A webhook as it is shown. Field by field, so that nothing secret slips through that is added later. */
export function viewOf(
  record: WebhookRecord,
  { progress, edge, orphan, now }: { progress: Progress | null; edge: string | null; orphan: boolean; now: number }
): WebhookView {
  const paused = record.paused ?? (orphan ? 'token-gone' : null);
  return {
    id: record.id,
    url: record.url,
    events: [...record.events],
    sessions: record.sessions === null ? '*' : [...record.sessions],
    session: record.session,
    headerNames: Object.keys(record.headers),
    bulk: record.bulk && { ...record.bulk },
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

function stateView(progress: Progress | null, now: number): Omit<WebhookState, 'edge'> {
  if (progress === null) {
    return {
      cursor: null,
      breaker: { state: 'closed', failures: 0, until: null },
      failing: [],
      delivered: 0,
      failedAttempts: 0,
      deadLetters: 0
    };
  }
  const { stream, marks, breaker, delivered, failedAttempts, deadLetters } = progress;
  const failing = Object.entries(marks.lanes).flatMap(([session, { failure }]) =>
    failure
      ? [{ session, attempts: failure.attempts, nextAttemptAt: new Date(failure.nextAttemptAt).toISOString(), error: failure.error }]
      : []
  );
  return {
    cursor: encodeCursor({ stream, sequence: marks.floor }),
    breaker: {
      state: stateOf(breaker, now),
      failures: breaker.failures,
      until: breaker.until === null ? null : new Date(breaker.until).toISOString()
    },
    failing: failing.slice(0, FAILING_SHOWN),
    delivered,
    failedAttempts,
    deadLetters
  };
}
