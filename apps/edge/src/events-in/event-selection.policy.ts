import { chatsOfBody, type EventName, type SessionId } from '@wabus/contracts';
import type { LiveEvent } from './live-events.js';

/** Which events a reader wants. */
export interface EventSelection {
  readonly events: readonly EventName[];
  readonly sessions: '*' | readonly SessionId[];
  /** Only events about these chats; `null` for all, also those that are about none. */
  readonly chats: ReadonlySet<string> | null;
}

/** Whether the event is one of them. The payload is looked at only when chats are wanted and the headers do not name them. */
export function isSelected({ events, sessions, chats }: EventSelection, { facts, body }: LiveEvent): boolean {
  if (!events.includes(facts.event) || (sessions !== '*' && !sessions.includes(facts.session))) return false;
  if (chats === null) return true;
  return (facts.chats ?? chatsOfBody(facts.event, body)).some(chat => chats.has(chat));
}
