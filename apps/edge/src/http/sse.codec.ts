import { encodeEnvelope, type Cursor, type EncodedEvent } from '@wabus/contracts';

/** JSON text in one line: outside its texts a line break is only space. */
export function oneLine(json: string): string {
  return /[\r\n]/.test(json) ? json.replace(/[\r\n]+/g, ' ') : json;
}

/** An event as a Server-Sent Event: its cursor as id, its name, its envelope as data. */
export function sseOfEvent(event: EncodedEvent): string {
  return `id: ${event.cursor}\nevent: ${event.facts.event}\ndata: ${oneLine(encodeEnvelope(event))}\n\n`;
}

/** Moves the client's `Last-Event-ID` on without an event, and keeps the connection alive. */
export function sseOfCursor(cursor: Cursor): string {
  return `: keep-alive\nid: ${cursor}\n\n`;
}

/** An event of the stream itself, such as `truncated` and `end`. */
export function sseOfNotice(name: string, data: unknown): string {
  return `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
}
