import type { Cursor } from './cursor.codec.js';
import type { EventEnvelope } from './event-envelope.js';

/** A page of past events, oldest first: the answer of `GET /api/events` and `GET /api/sessions/:session/events`. */
export interface EventPage {
  events: EventEnvelope[];
  /** Hand it back as `since` to get the next page. It also passes over what the filters left out. */
  cursor: Cursor;
  /** There may be more before `until` or the end of the log. */
  more: boolean;
  /** `since` asked for more than the log still has: what was stored before `firstAt` (ISO time; `null` when the log is empty) is gone. */
  truncated?: { firstAt: string | null };
}
