import type { Cursor } from './cursor.codec.js';
import type { EventName, EventPayloads } from './event-catalog.js';
import type { EventFacts } from './event-headers.codec.js';

/** An event with its metadata, as subscribers receive it that set `envelope`. */
export interface EventEnvelope<Name extends EventName = EventName> {
  id: string;
  session: string;
  event: Name;
  /** The position right after this event. Pass it as `since` to continue from here. */
  cursor: Cursor;
  /** When the connector emitted the event, as an ISO time. */
  at: string;
  /** The epoch of the connector that published the event. You may drop an event whose epoch is lower than one that you have already seen for this session. */
  epoch: number;
  /** The version of the payload's form. */
  schemaVersion: number;
  data: EventPayloads[Name];
}

/** An event whose payload is still the JSON text from the log. */
export interface EncodedEvent {
  readonly facts: EventFacts;
  /** The payload as JSON text. */
  readonly body: string;
  /** The position right after this event. */
  readonly cursor: Cursor;
}

/** Returns the JSON text of an `EventEnvelope`, with any `further` fields in front. The payload is inserted as it is, without parsing. */
export function encodeEnvelope(event: EncodedEvent, further: Readonly<Record<string, unknown>> = {}): string {
  return envelopeParts(event, further).join('');
}

/** Returns the same text in parts to be concatenated, so that a payload, which may be large, is not copied. */
export function envelopeParts({ facts, body, cursor }: EncodedEvent, further: Readonly<Record<string, unknown>> = {}): string[] {
  const { id, session, event, at, epoch, schemaVersion } = facts;
  const head = JSON.stringify({ ...further, id, session, event, cursor, at, epoch, schemaVersion });
  return [`${head.slice(0, -1)},"data":`, body, '}'];
}

/** A page of past events, oldest first. Returned by `GET /api/events` and `GET /api/sessions/:session/events`. */
export interface EventPage {
  events: EventEnvelope[];
  /** The position to pass as `since` for the next page. It lies after all events that the filters skipped. */
  cursor: Cursor;
  /** Whether there may be more events before `until` or the end of the log. */
  more: boolean;
  /** Present if `since` is older than the log: events stored before `firstAt` (ISO time; `null` if the log is empty) are gone. */
  truncated?: { firstAt: string | null };
}
