import type { EventName, EventPayloads } from '../generated/event.catalog.js';

/** An event with its metadata. */
export interface EventEnvelope<Name extends EventName = EventName> {
  /** The id of the event, which stays the same when the event is delivered again. */
  id: string;
  /** The id of the session that emitted the event. */
  session: string;
  /** The name of the event. */
  event: Name;
  /** The opaque position of the event in the log. Pass it as `since` to continue after this event. */
  cursor: string;
  /** When the connector emitted the event, as an ISO time. */
  at: string;
  /** The epoch under which the event was published. You may drop an event whose epoch is lower than one that you have already seen for this session. */
  epoch: number;
  /** The version of the payload's form. */
  schemaVersion: number;
  /** The payload as JSON. */
  data: EventPayloads[Name];
}

/** An event with any of the names. Comparing `event.event` narrows the type of `event.data`. */
export type AnyEvent<Name extends EventName = EventName> = { [N in Name]: EventEnvelope<N> }[Name];

/** The name of an event, `*` for every event, or a prefix such as `messages.*`. */
export type EventPattern = EventName | '*' | `${string}.*`;

/** The names that a pattern matches. */
export type EventsOf<Pattern extends EventPattern> = Pattern extends EventName
  ? Pattern
  : Pattern extends `${infer Start}.*`
    ? Extract<EventName, `${Start}.${string}`>
    : EventName;
