import type { Cursor } from './cursor.codec.js';
import type { EventName, EventPayloads } from './event-catalog.js';
import type { EventFacts } from './event-headers.codec.js';

/** An event with its metadata: the form for subscribers that asked for `envelope`. */
export interface EventEnvelope<Name extends EventName = EventName> {
  id: string;
  session: string;
  event: Name;
  /** Hand it back as `since` to continue after this event. */
  cursor: Cursor;
  /** When the connector emitted it, ISO time. */
  at: string;
  /** Ownership epoch of the connector that published it: you may drop an event of an older epoch than you have seen for this session. */
  epoch: number;
  /** Version of the payload's form. */
  schemaVersion: number;
  data: EventPayloads[Name];
}

/** An event whose payload is still the JSON text that came from the log. */
export interface EncodedEvent {
  readonly facts: EventFacts;
  /** JSON text of the payload. */
  readonly body: string;
  /** Position right after this event. */
  readonly cursor: Cursor;
}

/** The JSON text of an `EventEnvelope`, with further fields in front when there are some. The payload is put in as it is, neither parsed nor written again. */
export function encodeEnvelope(event: EncodedEvent, further: Readonly<Record<string, unknown>> = {}): string {
  return envelopeParts(event, further).join('');
}

/** The same as parts that make it up when put together: a payload may be large, and is not copied. */
export function envelopeParts({ facts, body, cursor }: EncodedEvent, further: Readonly<Record<string, unknown>> = {}): string[] {
  const { id, session, event, at, epoch, schemaVersion } = facts;
  const head = JSON.stringify({ ...further, id, session, event, cursor, at, epoch, schemaVersion });
  return [`${head.slice(0, -1)},"data":`, body, '}'];
}

/** A page of past events, oldest first: the answer of `GET /api/events` and `GET /api/sessions/:session/events`. */
export interface EventPage {
  events: EventEnvelope[];
  /** Pass it as `since` to get the next page. It also skips events that the filters left out. */
  cursor: Cursor;
  /** There may be more before `until` or the end of the log. */
  more: boolean;
  /** `since` asked for more than the log still has: what was stored before `firstAt` (ISO time; `null` when the log is empty) is gone. */
  truncated?: { firstAt: string | null };
}
