import { decodeEventHeaders, encodeCursor, type Cursor, type EventFacts, type SessionId } from '@wabus/contracts';
import type { StoredMessage } from './stored-message.js';

/** An event as it lies in the log: facts from the headers, and the body as the JSON text that was published, not parsed. */
export interface LoggedEvent {
  readonly facts: EventFacts;
  /** JSON text of the payload. */
  readonly body: string;
  readonly sequence: number;
  /** Position right after this event. */
  readonly cursor: Cursor;
}

/**
 * Hides the events of deleted sessions from readers on this connection. Events in flight when a session is deleted may still reach the log: it carries an
 * epoch that no later session of the name has.
 */
export class EventFence {
  private readonly epochs = new Map<SessionId, number>();

  /** Nothing of a session up to this epoch is an event any more. */
  raise(session: SessionId, epoch: number): void {
    if (epoch > (this.epochs.get(session) ?? 0)) this.epochs.set(session, epoch);
  }

  admits({ session, epoch }: Pick<EventFacts, 'session' | 'epoch'>): boolean {
    return epoch > (this.epochs.get(session) ?? -1);
  }
}

/** The event in a stored message, or `null` when it is none of ours, or of a deleted session. `stream` identifies the log in cursors. */
export function decodeLoggedEvent(message: StoredMessage, stream: string, fence: EventFence): LoggedEvent | null {
  const facts = decodeEventHeaders(name => message.header(name));
  if (facts === null || !fence.admits(facts)) return null;
  return { facts, body: message.text(), sequence: message.sequence, cursor: encodeCursor({ stream, sequence: message.sequence }) };
}

/** What distinguishes one stream from another of the same name: its time of creation in ms, as the server states it. */
export function streamIdentity(created: string): string {
  return String(Date.parse(created));
}
