import { boundedUntil, steadyNow, type WebhookOrder } from '@wabus/contracts';
import { CLOSED, type Breaker } from '../delivery/breaker.state.js';
import type { RetrySchedule } from '../delivery/verdict.table.js';
import type { Refusals } from '../delivery/refusals.state.js';
import type { Marks } from './lanes.state.js';

/** How far a webhook is and how it does, as its edge writes it: the value of `progress.<id>`. */
export interface WebhookProgress {
  /** Of the start it belongs to; another one in the record means that it has to begin again. */
  readonly generation: number;
  /** The log that the sequences belong to. */
  readonly stream: string;
  readonly marks: Marks;
  readonly bulk: boolean;
  /** Missing in records of older releases, which had an order for each session. */
  readonly order?: WebhookOrder;
  readonly breaker: Breaker;
  readonly delivered: number;
  readonly failedAttempts: number;
  readonly deadLetters: number;
  readonly refusals?: Refusals | null;
  readonly backlog?: { readonly events: number; readonly oldestAt: string | null };
}

/** What a dispatcher begins with. */
export interface Beginning {
  readonly generation: number;
  readonly stream: string;
  /** Where the record says that the webhook begins. */
  readonly start: number;
  readonly bulk: boolean;
  readonly order: WebhookOrder;
}

/**
 * Continues where the last edge stopped, or begins at the start of the record when that is a newer one. With bulk mode switched on or off, or with another order, there is one position for
 * all, the lowest: events may then come again. A log that was replaced by another one is read from its beginning.
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

/** The breaker of another edge, whose clock may have been ahead: no attempt waits longer than this edge would have made it wait. */
export function soon(breaker: Breaker, { retryCapMs }: Pick<RetrySchedule, 'retryCapMs'>, now = steadyNow()): Breaker {
  return breaker.until === null ? breaker : { ...breaker, until: boundedUntil(breaker.until, retryCapMs, now) };
}

/** The same for what failed. */
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
