import { isEventName, type EventName, type SessionId } from '@wabus/contracts';
import type { HearingForm } from '../auth/hearing.policy.js';

/** `*` stands for every session, also those created later. */
export type Heard = SessionId | '*';

const RESTRICTED = '~';

/** The Socket.IO room of those who hear one event, in one form, of one session or of all. Session ids contain no `/`, event names no `~`. */
export function roomOf(session: Heard, event: EventName, form: HearingForm = 'complete'): string {
  return `${session}/${event}${form === 'restricted' ? RESTRICTED : ''}`;
}

/** Session and event of a room, `null` for a room that is not ours, such as the one every socket has for itself. */
export function parseRoom(room: string): { session: Heard; event: EventName } | null {
  const slash = room.indexOf('/');
  const name = room.slice(slash + 1);
  const event = name.endsWith(RESTRICTED) ? name.slice(0, -1) : name;
  return slash > 0 && isEventName(event) ? { session: room.slice(0, slash) as Heard, event } : null;
}

/** What somebody in these rooms hears, in the order in which it was asked for. */
export function heardIn(rooms: Iterable<string>): { granted: EventName[]; sessions: string[] | '*' } {
  const events = new Set<EventName>();
  const sessions = new Set<Heard>();
  for (const room of rooms) {
    const parsed = parseRoom(room);
    if (parsed === null) continue;
    events.add(parsed.event);
    sessions.add(parsed.session);
  }
  return { granted: [...events], sessions: sessions.has('*') ? '*' : [...sessions] };
}
