import type { Cursor, EventFacts, EventName, SessionId } from '@wabus/contracts';

/** An event as it lies in the log: facts from the headers, and the body as the JSON text that was published, not parsed. */
export interface LoggedEvent {
  readonly facts: EventFacts;
  /** JSON text of the payload. */
  readonly body: string;
  readonly sequence: number;
  /** Position right after this event. */
  readonly cursor: Cursor;
}

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
export interface EventPage {
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
  /** Ends the interest. Events of it may still come for a moment, and for as long as somebody else wants them. */
  readonly release: () => void;
}

export interface LiveFeed extends LogPosition {
  /** The position up to which everything wanted was handed to the handler. */
  readonly cursor: Cursor;
  /** Its sequence. */
  readonly sequence: number;
  /** Follows these events too, from the end of the log on. Interests add up. Rejects when the feed is stopped. */
  want(filter: EventFilter): Promise<ServedInterest>;
  /** Stops the feed; no handler call follows once it settles. */
  stop(): Promise<void>;
}

/** The durable, ordered log of all events of all sessions. */
export abstract class EventLog {
  /**
   * Stores one event. Settles when the log has it on disk (its acknowledgement). Calls may overlap: those of one session are stored in the order of the calls,
   * and a bounded number is under way at once (a further call waits). Retries broker trouble for ever under the same id, so that it is stored once;
   * rejects only when the event can never be stored (`PAYLOAD_TOO_LARGE`), or with `BROKER_UNAVAILABLE` when the log was closed or `signal` aborted
   * before the acknowledgement: pass the signal of a lost lease, so that a former owner does not go on publishing after the next one began.
   */
  abstract publish(facts: EventFacts, body: string, signal?: AbortSignal): Promise<Published>;

  /**
   * Calls the handler for every event stored from now on, in the order of the log, without a gap: what the network dropped is read again from the log.
   * Supervised: it survives restarts of the broker and the death of a leader. Every event once, and in the order of the log; only what was lost inside a cluster of
   * brokers without a trace, and is found when the feed is compared with the log, comes late.
   * @param interest what to follow at first; everything when missing, nothing when `null`
   */
  abstract follow(handler: (event: LoggedEvent) => void, interest?: EventFilter | null): Promise<LiveFeed>;

  /** Events after a cursor, oldest first, up to the end of the log at the time of the call. Throws `INVALID_REQUEST` on a cursor of another log. */
  abstract read(after: Cursor, filter?: EventFilter): AsyncIterable<LoggedEvent>;

  /**
   * The next events after a sequence, oldest first. Few pages are read at once, the others wait. Throws `BROKER_UNAVAILABLE` when the log cannot be read now.
   */
  abstract page(after: number, filter: EventFilter, limits: PageLimits): Promise<EventPage>;

  /**
   * Where a cursor, or a time as ISO text, is in the log. Throws `INVALID_REQUEST` with the remedy for a text that is neither, for a time to come, and for a cursor
   * of a log that no longer exists.
   */
  abstract locate(since: string): Promise<LogPlace>;

  /** The newest event of a kind in a session, `null` when the log has none. Throws `BROKER_UNAVAILABLE`. */
  abstract newest(session: SessionId, event: EventName): Promise<LoggedEvent | null>;

  /**
   * Stores an event only if the newest of its kind in its session is still the one at this sequence: of several processes that say the same, one is heard, and nobody speaks after
   * whoever knows better. `false` when another one came. Throws `BROKER_UNAVAILABLE`; then it may have been stored.
   */
  abstract publishAfter(facts: EventFacts, body: string, newest: number): Promise<boolean>;

  /**
   * Removes every event of a session. Cursors of before stay good for all others: what is missing at the beginning of the log because of this counts as nothing missing. To be
   * called again when it was interrupted. Throws `BROKER_UNAVAILABLE`.
   */
  abstract purge(session: SessionId): Promise<void>;

  /** From now on this process sees no event of a session up to an epoch, on any way: the session was deleted, and what comes late is not of the next one of its name. */
  abstract retire(session: SessionId, epoch: number): void;

  /** The position after the newest event. */
  abstract end(): Promise<Cursor>;
}
