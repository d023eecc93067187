import type { Position, LiveEvent } from './live-events.js';
import type { EventName, SessionId } from '@wabus/contracts';

/** Which stored events to read: a missing list means all. More may be named than is read: what does not fit is left to the reader. */
export interface HistoryFilter {
  readonly sessions?: readonly SessionId[];
  readonly events?: readonly EventName[];
}

/** The next part of the past. */
export interface HistoryPage {
  readonly events: readonly LiveEvent[];
  /** Up to here nothing that fits is missing. */
  readonly upTo: Position;
  /** Events between the wanted place and the first one here are gone: they became too old or too many. */
  readonly truncated: boolean;
}

/** A place in the past to begin at. */
export interface HistoryPlace extends Position {
  /** What was stored after the wanted place and before `firstAt` (ISO time; `null` when the log is empty) is gone. */
  readonly truncated?: { readonly firstAt: string | null };
}

/** What happened before, from the memory of this edge or from the log. */
export abstract class EventHistory {
  /**
   * The place of a cursor or of an ISO time. Throws `INVALID_REQUEST` with the remedy when there is none: neither of both, a time to come, or a cursor of a log that no
   * longer exists.
   */
  abstract locate(since: string): Promise<HistoryPlace>;

  /**
   * The events after a sequence that this edge has in memory, at once. `upTo` is the live position unless the page is full. `null` when memory does not reach back
   * that far, or not to `wantedFrom`, where the interest of the reader began to be served. A page has about `maxBytes`, one event at least.
   */
  abstract recent(after: number, wantedFrom: number, maxBytes?: number): HistoryPage | null;

  /** The next events after a sequence from the log, about `maxBytes`, one at least. Reads of many are queued. Throws `BROKER_UNAVAILABLE`. */
  abstract read(after: number, filter: HistoryFilter, maxBytes?: number): Promise<HistoryPage>;
}
