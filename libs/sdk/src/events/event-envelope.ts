import type { EventName, EventPayloads } from '../generated/event.catalog.js';

/** An event with the facts about it. */
export interface EventEnvelope<Name extends EventName = EventName> {
  /** The same event has the same id, also when it comes again. */
  id: string;
  /** The session it happened in. */
  session: string;
  /** Its name. */
  event: Name;
  /** Pass it as `since` to continue after this event. Opaque. */
  cursor: string;
  /** When the connector emitted it, ISO time. */
  at: string;
  /** Number of the ownership under which it was published: an event of a lower one than seen before for this session may be dropped. */
  epoch: number;
  /** Version of the payload's form. */
  schemaVersion: number;
  /** The payload, in JSON. */
  data: EventPayloads[Name];
}

/** An event of any name; comparing `event.event` tells the type of `event.data`. */
export type AnyEvent<Name extends EventName = EventName> = { [N in Name]: EventEnvelope<N> }[Name];

/** A name, `*` for every event, or the beginning of names: `messages.*`. */
export type EventPattern = EventName | '*' | `${string}.*`;

/** The names that a pattern stands for. */
export type EventsOf<Pattern extends EventPattern> = Pattern extends EventName
  ? Pattern
  : Pattern extends `${infer Start}.*`
    ? Extract<EventName, `${Start}.${string}`>
    : EventName;
