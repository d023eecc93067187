import { isEventName, type EventName, type SessionId } from '@wabus/contracts';

/** `*` stands for every session, also those created later. */
export type Heard = SessionId | '*';

/** The Socket.IO room of those who hear one event of one session, or of all. Session ids contain no `/`. */
export function roomOf(session: Heard, event: EventName): string {
  return `${session}/${event}`;
}

/** Session and event of a room, `null` for a room that is not ours, such as the one every socket has for itself. */
export function parseRoom(room: string): { session: Heard; event: EventName } | null {
  const slash = room.indexOf('/');
  const event = room.slice(slash + 1);
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
