import type { EventName, EventPayloads } from '../generated/event.catalog.js';

/** An event with the facts about it. */
export interface EventEnvelope<Name extends EventName = EventName> {
  /** An event keeps its id when it is delivered again. */
  id: string;
  /** The session that emitted it. */
  session: string;
  /** The name of the event. */
  event: Name;
  /** Pass it as `since` to continue after this event. Opaque. */
  cursor: string;
  /** When the connector emitted it, ISO time. */
  at: string;
  /** The epoch under which the event was published. You may drop an event whose epoch is lower than one that you have seen for this session. */
  epoch: number;
  /** Version of the payload's form. */
  schemaVersion: number;
  /** The payload, in JSON. */
  data: EventPayloads[Name];
}

/** An event of any name; comparing `event.event` narrows the type of `event.data`. */
export type AnyEvent<Name extends EventName = EventName> = { [N in Name]: EventEnvelope<N> }[Name];

/** A name, `*` for every event, or a prefix: `messages.*`. */
export type EventPattern = EventName | '*' | `${string}.*`;

/** The names that a pattern matches. */
export type EventsOf<Pattern extends EventPattern> = Pattern extends EventName
  ? Pattern
  : Pattern extends `${infer Start}.*`
    ? Extract<EventName, `${Start}.${string}`>
    : EventName;
