import type { Cursor } from './cursor.codec.js';
import type { EventFacts } from './event-headers.codec.js';

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
