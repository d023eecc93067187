import type { EventName, EventPayloads } from './event-catalog.js';
import type { Cursor } from './cursor.codec.js';

/** An event with the facts about it: what a subscriber gets who asked for `envelope`. */
export interface EventEnvelope<Name extends EventName = EventName> {
  id: string;
  session: string;
  event: Name;
  /** Hand it back as `since` to continue after this event. */
  cursor: Cursor;
  /** When the connector emitted it, ISO time. */
  at: string;
  /** Ownership epoch of the connector that published it: an event of an older epoch than one seen for this session may be dropped. */
  epoch: number;
  /** Version of the payload's form. */
  schemaVersion: number;
  data: EventPayloads[Name];
}
