import type { LoggedEvent } from '@wabus/broker';
import { isAboutChat, type EncodedEvent, type EventName, type SessionId } from '@wabus/contracts';
import type { Principal } from '../auth/principal.js';
import { bodyIn, visibilityOf } from '../auth/visibility.policy.js';

/** The events that a reader selects. */
export interface EventSelection {
  readonly events: readonly EventName[];
  readonly sessions: '*' | readonly SessionId[];
  /** Only events about these chats, or `null` for all events, including those about no chat. */
  readonly chats: ReadonlySet<string> | null;
}

/** Returns whether the event is selected. */
export function isSelected({ events, sessions, chats }: EventSelection, event: LoggedEvent): boolean {
  const { event: name, session } = event.facts;
  return events.includes(name) && (sessions === '*' || sessions.includes(session)) && isAboutChat(chats, event);
}

/** Returns the event as visible to this principal. It is unchanged and unparsed, unless its payload has fields that require another scope. */
export function visibleTo<Event extends EncodedEvent>(principal: Principal, event: Event): Event {
  const name = event.facts.event;
  const body = bodyIn(visibilityOf(principal, name), name, event.body);
  return body === event.body ? event : { ...event, body };
}
