import type { Cursor, EventFacts, EventName, SessionId } from '@wabus/contracts';

/** An event that was just stored, its payload still as the JSON text that came from the log. */
export interface LiveEvent {
  readonly facts: EventFacts;
  /** JSON text of the payload. */
  readonly body: string;
  /** Its place in the log: grows with every event, with gaps. */
  readonly sequence: number;
  /** Position right after this event. */
  readonly cursor: Cursor;
}

/** Must return at once; what it throws is logged and harms no other listener. */
export type LiveEventListener = (event: LiveEvent) => void;

/** Which events somebody in this process wants to hear. */
export interface Interest {
  readonly sessions: '*' | readonly SessionId[];
  readonly events: readonly EventName[];
}

/** A position in the log. */
export interface Position {
  readonly sequence: number;
  readonly cursor: Cursor;
}

/** An interest that is being served. */
export interface Wanted {
  /** Everything of the interest that is stored after it is heard. */
  readonly from: Position;
  /** Ends the interest. */
  release(): void;
}

/**
 * The live events of this edge, each one once and in the order of the log, for anyone in this process who listens. Only what somebody wants is fetched
 * from NATS, and every listener hears what any of them wants.
 */
export abstract class LiveEvents {
  /** Everything that is wanted and stored up to here was handed to the listeners. */
  abstract get position(): Position;
  /** Settles when the interest is served. */
  abstract want(interest: Interest): Promise<Wanted>;
  /** Calls the listener for every event from now on, until the returned function is called. */
  abstract listen(listener: LiveEventListener): () => void;
}
