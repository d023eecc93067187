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

export interface EventFilter {
  readonly session?: SessionId;
  readonly event?: EventName;
}

export interface Published {
  readonly sequence: number;
  /** The log had an event with this id already, so nothing was added. */
  readonly duplicate: boolean;
}

export interface LiveFeed {
  /** The position after the last event handed to the handler. */
  readonly cursor: Cursor;
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
   * Supervised: it survives restarts of the broker and the death of a leader.
   */
  abstract follow(handler: (event: LoggedEvent) => void): Promise<LiveFeed>;

  /** Events after a cursor, oldest first, up to the end of the log at the time of the call. Throws `INVALID_REQUEST` on a cursor of another log. */
  abstract read(after: Cursor, filter?: EventFilter): AsyncIterable<LoggedEvent>;

  /** The position after the newest event. */
  abstract end(): Promise<Cursor>;
}
