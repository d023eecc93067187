import { boundedUntil, steadyNow, type WebhookOrder } from '@wabus/contracts';
import { CLOSED, type Breaker } from '../delivery/breaker.state.js';
import type { RetrySchedule } from '../delivery/verdict.table.js';
import type { Refusals } from '../delivery/refusals.state.js';
import type { Marks } from './lanes.state.js';

/** The progress and the health of a webhook, written by its edge: the value of `progress.<id>`. */
export interface WebhookProgress {
  /** The generation of the start to which the progress belongs. If the record has another one, the webhook starts over. */
  readonly generation: number;
  /** The log that the sequences belong to. */
  readonly stream: string;
  readonly marks: Marks;
  readonly bulk: boolean;
  /** Missing in records of older releases, which kept the order of each session. */
  readonly order?: WebhookOrder;
  readonly breaker: Breaker;
  readonly delivered: number;
  readonly failedAttempts: number;
  readonly deadLetters: number;
  readonly refusals?: Refusals | null;
  readonly backlog?: { readonly events: number; readonly oldestAt: string | null };
}

/** The facts with which a dispatcher starts. */
export interface Beginning {
  readonly generation: number;
  readonly stream: string;
  /** The sequence at which the webhook starts, from its record. */
  readonly start: number;
  readonly bulk: boolean;
  readonly order: WebhookOrder;
}

/**
 * Continues where the previous edge stopped, or starts at the position of the record if that is newer. If bulk mode or the order has changed, all lanes
 * continue at the lowest position, so that events may be repeated. If another log has replaced the previous one, it is read from the beginning.
 */
export function resumed(last: WebhookProgress | null, { generation, stream, start, bulk, order }: Beginning): WebhookProgress {
  const counters = { delivered: last?.delivered ?? 0, failedAttempts: last?.failedAttempts ?? 0, deadLetters: last?.deadLetters ?? 0 };
  if (last === null || last.generation !== generation) {
    return { generation, stream, bulk, order, breaker: CLOSED, ...counters, marks: { floor: start, lanes: {} } };
  }
  if (last.stream !== stream) return { ...last, stream, bulk, order, marks: { floor: 0, lanes: {} } };
  const isSame = last.bulk === bulk && (last.order ?? 'session') === order;
  return isSame ? last : { ...last, bulk, order, marks: { floor: lowest(last.marks), lanes: {} } };
}

/** Limits the wait of a breaker from another edge, whose clock may have been ahead: no attempt waits longer than this edge would make it wait. */
export function soon(breaker: Breaker, { retryCapMs }: Pick<RetrySchedule, 'retryCapMs'>, now = steadyNow()): Breaker {
  return breaker.until === null ? breaker : { ...breaker, until: boundedUntil(breaker.until, retryCapMs, now) };
}

/** Limits the wait of failed lanes in the same way. */
export function soonMarks(marks: Marks, { retryCapMs }: Pick<RetrySchedule, 'retryCapMs'>, now = steadyNow()): Marks {
  const lanes = Object.entries(marks.lanes).map(([key, { failure, ...mark }]) => {
    if (failure === undefined) return [key, mark] as const;
    return [key, { ...mark, failure: { ...failure, nextAttemptAt: boundedUntil(failure.nextAttemptAt, retryCapMs, now) } }] as const;
  });
  return { ...marks, lanes: Object.fromEntries(lanes) };
}

function lowest({ floor, lanes }: Marks): number {
  return Math.min(floor, ...Object.values(lanes).map(({ settled }) => settled));
}
