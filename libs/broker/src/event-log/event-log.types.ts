import type { Cursor, EventName, SessionId } from '@wabus/contracts';
import type { LoggedEvent } from '../streams/logged-event.codec.js';

export type { LoggedEvent } from '../streams/logged-event.codec.js';

/** The events to read; a missing list means all. */
export interface EventFilter {
  readonly sessions?: readonly SessionId[];
  readonly events?: readonly EventName[];
}

/** The maximum size of a page, which contains at least one event of any size. */
export interface PageLimits {
  readonly maxEvents: number;
  readonly maxBytes: number;
}

/** A page of the log. */
export interface LoggedEventPage {
  readonly events: readonly LoggedEvent[];
  /** Every matching event up to here is in this page or an earlier one. */
  readonly upTo: LogPosition;
  /** Events between the requested position and the first one here were removed because of age or number. */
  readonly truncated: boolean;
}

/** A position in the log from which to continue reading. */
export interface LogPlace extends LogPosition {
  /**
   * Set if events after the requested position were removed because of age or number.
   * `firstAt` is the time of the oldest remaining event; `null` if there is none.
   */
  readonly truncated?: { readonly firstAt: string | null };
}

export interface Published {
  readonly sequence: number;
  /** The log already contained an event with this id, so nothing was added. */
  readonly duplicate: boolean;
}

/** A position between two events of the log. */
export interface LogPosition {
  /** Sequence of the last event before the position. */
  readonly sequence: number;
  readonly cursor: Cursor;
}

/** An interest that a live feed serves. */
export interface ServedInterest {
  /** Every event of the interest stored after this position reaches the handler. */
  readonly from: LogPosition;
  /** Ends the interest. Its events may still arrive for a moment, or for as long as another subscriber needs them. */
  readonly release: () => void;
}

/** The size of the log; a limit that is not set is `null`. */
export interface LogUsage {
  readonly events: number;
  readonly bytes: number;
  readonly maxBytes: number | null;
  readonly oldestAt: Date | null;
  readonly maxAgeMs: number | null;
}
