import { decodeEventHeaders, encodeCursor, type Cursor, type EventFacts, type SessionId } from '@wabus/contracts';
import type { StoredMessage } from './stored-message.js';

/** An event in the log: facts from the headers, and the body as the published JSON text, not parsed. */
export interface LoggedEvent {
  readonly facts: EventFacts;
  /** JSON text of the payload. */
  readonly body: string;
  readonly sequence: number;
  /** Position right after this event. */
  readonly cursor: Cursor;
}

/**
 * Hides the events of deleted sessions from readers on this connection. Events in flight when a session is deleted may still reach the log.
 * They have an epoch that no later session with the same name uses.
 */
export class EventFence {
  private readonly epochs = new Map<SessionId, number>();

  /** Hides all events of a session up to this epoch. */
  raise(session: SessionId, epoch: number): void {
    if (epoch > (this.epochs.get(session) ?? 0)) this.epochs.set(session, epoch);
  }

  admits({ session, epoch }: Pick<EventFacts, 'session' | 'epoch'>): boolean {
    return epoch > (this.epochs.get(session) ?? -1);
  }
}

/** Decodes a stored message into an event; `null` if it is not an event, or belongs to a deleted session. `stream` identifies the log in cursors. */
export function decodeLoggedEvent(message: StoredMessage, stream: string, fence: EventFence): LoggedEvent | null {
  const facts = decodeEventHeaders(name => message.header(name));
  if (facts === null || !fence.admits(facts)) return null;
  return { facts, body: message.text(), sequence: message.sequence, cursor: encodeCursor({ stream, sequence: message.sequence }) };
}

/** Returns what distinguishes a stream from others with the same name: its creation time in ms, as the server reports it. */
export function streamIdentity(created: string): string {
  return String(Date.parse(created));
}
