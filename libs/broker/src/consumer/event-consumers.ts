import type { EventName, SessionId } from '@wabus/contracts';
import type { LoggedEvent } from '../event-log/event-log.js';

/** Which events a consumer is given. It may be given more than that when the list is long: check again. */
export interface ConsumerScope {
  /** All when missing. */
  readonly sessions?: readonly SessionId[];
  /** All when missing. */
  readonly events?: readonly EventName[];
}

export interface ConsumerStart extends ConsumerScope {
  /** Sequence after which to begin. */
  readonly after: number;
}

/** How much to take at once; a first event that is larger than `maxBytes` is taken all the same. */
export interface BatchLimits {
  readonly maxEvents: number;
  readonly maxBytes: number;
}

export interface EventBatch {
  /** Oldest first; empty when there are none yet. */
  readonly events: readonly LoggedEvent[];
  /** Every event of the scope up to this sequence was handed over, in this batch or before. */
  readonly upTo: number;
}

/** The end of the log, and which log that is. */
export interface LogEnd {
  readonly stream: string;
  /** Sequence of the last event. */
  readonly sequence: number;
}

/** Reads one scope of the log in order, at the pace of whoever calls `next`. What it has handed over it forgets: keep the position. */
export interface EventConsumer {
  /**
   * The next events, waiting up to `waitMs` for the first. Throws `BROKER_UNAVAILABLE` when the broker does not answer or was lost meanwhile;
   * the next call goes on after the last event handed over.
   */
  next(limits: BatchLimits & { readonly waitMs: number }): Promise<EventBatch>;
  /** Ends a waiting `next` with `BROKER_UNAVAILABLE`. */
  close(): void;
}

/** Readers of the event log that pull: nothing is buffered beyond what was asked for, so a slow reader costs no memory. */
export abstract class EventConsumers {
  abstract open(start: ConsumerStart): EventConsumer;

  /** One batch, without waiting. Throws `BROKER_UNAVAILABLE`. */
  abstract read(start: ConsumerStart, limits: BatchLimits): Promise<EventBatch>;

  /** Where the log ends. Throws `BROKER_UNAVAILABLE`. Cursors and times are found by `EventLog.locate`. */
  abstract end(): Promise<LogEnd>;
}
