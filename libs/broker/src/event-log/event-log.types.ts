import type { Cursor, EventName, SessionId } from '@wabus/contracts';
import type { LoggedEvent } from '../streams/logged-event.codec.js';

export type { LoggedEvent } from '../streams/logged-event.codec.js';

/** Which events to read; a missing list means all. */
export interface EventFilter {
  readonly sessions?: readonly SessionId[];
  readonly events?: readonly EventName[];
}

/** How much one page may hold. It holds one event at least, however large. */
export interface PageLimits {
  readonly maxEvents: number;
  readonly maxBytes: number;
}

/** A part of the log. */
export interface LoggedEventPage {
  readonly events: readonly LoggedEvent[];
  /** Up to here everything that fits the filter is in this page or before it. */
  readonly upTo: LogPosition;
  /** Events between the wanted place and the first one here are gone: they became too old or too many. */
  readonly truncated: boolean;
}

/** A place in the log to read on from. */
export interface LogPlace extends LogPosition {
  /** Events after the wanted place are gone, since they became too old or too many: what is left begins at `firstAt`, `null` when nothing is. */
  readonly truncated?: { readonly firstAt: string | null };
}

export interface Published {
  readonly sequence: number;
  /** The log had an event with this id already, so nothing was added. */
  readonly duplicate: boolean;
}

/** A place between two events of the log. */
export interface LogPosition {
  /** Sequence of the last event before it. */
  readonly sequence: number;
  readonly cursor: Cursor;
}

/** Events that a live feed follows for somebody. */
export interface ServedInterest {
  /** Everything of it that is stored after this position is handed to the handler. */
  readonly from: LogPosition;
  /** Ends the interest. Its events may still arrive for a moment, and as long as another subscriber needs them. */
  readonly release: () => void;
}

/** How full the log is; `null` for a limit that it does not have. */
export interface LogUsage {
  readonly events: number;
  readonly bytes: number;
  readonly maxBytes: number | null;
  readonly oldestAt: Date | null;
  readonly maxAgeMs: number | null;
}
