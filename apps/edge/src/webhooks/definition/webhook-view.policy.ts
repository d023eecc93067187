import { encodeCursor, type WebhookState, type WebhookView } from '@wabus/contracts';
import { stateOf } from '../delivery/breaker.state.js';
import type { Progress } from '../draining/progress.js';
import type { WebhookRecord } from './webhook.record.js';

const FAILING_SHOWN = 20;

/** A webhook as it is shown. Field by field, so that nothing secret slips through that is added later. */
export function viewOf(
  record: WebhookRecord,
  { progress, edge, now }: { progress: Progress | null; edge: string | null; now: number }
): WebhookView {
  return {
    id: record.id,
    url: record.url,
    events: [...record.events],
    sessions: record.sessions === null ? '*' : [...record.sessions],
    session: record.session,
    headerNames: Object.keys(record.headers),
    bulk: record.bulk && { ...record.bulk },
    paused: record.paused,
    description: record.description,
    createdAt: record.createdAt,
    updatedAt: record.updatedAt,
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
