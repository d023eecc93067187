import type { Cursor, EventFacts } from '@wabus/contracts';

/** An event that was just stored, its payload still as the JSON text that came from the log. */
export interface LiveEvent {
  readonly facts: EventFacts;
  /** JSON text of the payload. */
  readonly body: string;
  /** Position right after this event. */
  readonly cursor: Cursor;
}

/** Must return at once; what it throws is logged and harms no other listener. */
export type LiveEventListener = (event: LiveEvent) => void;

/** The live events of all sessions, each one once and in the order of the log, for anyone in this process who listens. */
export abstract class LiveEvents {
  /** The position after the newest event handed to listeners: one who starts listening now hears everything after it. */
  abstract get cursor(): Cursor;
  /** Calls the listener for every event from now on, until the returned function is called. */
  abstract listen(listener: LiveEventListener): () => void;
}
