import { isEventName, type EventName } from './events/event-catalog.js';
import { isSessionId, type SessionId } from './ids/ids.js';

/** All events: the subjects that the stream `WABUS_EVENTS` stores. */
export const ALL_EVENTS_SUBJECT = 'wa.evt.>';
/** The prefix under which the stream republishes stored events, with their sequences in the headers `Nats-Sequence` and `Nats-Last-Sequence`. */
export const LIVE_PREFIX = 'wa.live.';
export const EVENT_STREAM = 'WABUS_EVENTS';

const EVENT_PREFIX = 'wa.evt.';
const COMMAND_PREFIX = 'wa.cmd.';
/** The prefix of requests that transfer credentials between an edge and the owner of a session. The contents are sealed for their reader. */
export const TRANSFER_PREFIX = 'wa.transfer.';

/**
 * Returns the subject of an event: `wa.evt.<session>.<event>`. Names of Baileys' events keep their dots, so `wa.evt.*.messages.*` matches all message events.
 */
export function eventSubject(session: SessionId, event: EventName): string {
  return `${EVENT_PREFIX}${session}.${event}`;
}

/** Returns the live form of an event subject, or of a filter for event subjects. */
export function liveSubject(eventSubjectOrFilter: string): string {
  return LIVE_PREFIX + eventSubjectOrFilter.slice(EVENT_PREFIX.length);
}

/** Returns the session and the event of a stored or live event subject; `null` for any other subject. */
export function parseEventSubject(subject: string): { session: SessionId; event: EventName } | null {
  const prefix = [EVENT_PREFIX, LIVE_PREFIX].find(p => subject.startsWith(p));
  if (prefix === undefined) return null;
  const [session, ...rest] = subject.slice(prefix.length).split('.');
  const event = rest.join('.');
  return isSessionId(session) && isEventName(event) ? { session, event } : null;
}

/** Returns a filter for stored events. A missing part matches everything. */
export function eventFilter(part: { session?: SessionId; event?: EventName } = {}): string {
  return `${EVENT_PREFIX}${part.session ?? '*'}.${part.event ?? '>'}`;
}

/** Returns a filter for stored events whose names match a pattern: `*`, a name, or a prefix with `.*`, which also matches events of later versions. */
export function eventPatternFilter(session: SessionId | '*', pattern: string): string {
  const names = pattern === '*' || pattern.endsWith('.*') ? `${pattern.slice(0, -1)}>` : pattern;
  return `${EVENT_PREFIX}${session}.${names}`;
}

/** Returns filters for stored events that do not overlap: one for each pair of a session and an event. A missing list matches everything. */
export function eventFilters(parts: { sessions?: readonly SessionId[]; events?: readonly EventName[] } = {}): string[] {
  const sessions = parts.sessions === undefined ? [undefined] : new Set(parts.sessions);
  const events = parts.events === undefined ? [undefined] : new Set(parts.events);
  return [...sessions].flatMap(session => [...events].map(event => eventFilter({ session, event })));
}

/** Returns the subject of a command: `wa.cmd.<session>.<method>`. Only the owner of the session subscribes to it, so "no responders" means "no owner". */
export function commandSubject(session: SessionId, method: string, prefix = COMMAND_PREFIX): string {
  return `${prefix}${session}.${method}`;
}

/** Returns the subject to which the owner of a session subscribes: all of its commands, even unknown ones, so that they get a specific error. */
export function commandFilter(session: SessionId, prefix = COMMAND_PREFIX): string {
  return `${prefix}${session}.>`;
}

export function parseCommandSubject(subject: string, prefix = COMMAND_PREFIX): { session: SessionId; method: string } | null {
  if (!subject.startsWith(prefix)) return null;
  const rest = subject.slice(prefix.length);
  const dot = rest.indexOf('.');
  const session = rest.slice(0, dot);
  const method = rest.slice(dot + 1);
  return dot > 0 && isSessionId(session) && method !== '' ? { session, method } : null;
}
