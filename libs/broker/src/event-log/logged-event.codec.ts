import { decodeEventHeaders, encodeCursor } from '@wabus/contracts';
import type { StoredMessage } from '../streams/stored-message.js';
import type { EventFence } from './event.fence.js';
import type { LoggedEvent } from './event-log.js';

/** The event in a stored message, or `null` when it is none of ours, or of a deleted session. `stream` identifies the log in cursors. */
export function decodeLoggedEvent(message: StoredMessage, stream: string, fence: EventFence): LoggedEvent | null {
  const facts = decodeEventHeaders(name => message.header(name));
  if (facts === null || !fence.admits(facts)) return null;
  return { facts, body: message.text(), sequence: message.sequence, cursor: encodeCursor({ stream, sequence: message.sequence }) };
}

/** What tells one stream from another of the same name: its time of creation in ms, as the server states it. */
export function streamIdentity(created: string): string {
  return String(Date.parse(created));
}
