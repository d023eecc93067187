import { isEventName, type EventName } from './events/event-catalog.js';
import { isSessionId, type SessionId } from './ids/ids.js';

/** Every event: the subjects that the stream `WABUS_EVENTS` stores. */
export const ALL_EVENTS_SUBJECT = 'wa.evt.>';
/** Where the stream republishes what it stored, with the sequence in the headers `Nats-Sequence` and `Nats-Last-Sequence`. */
export const LIVE_PREFIX = 'wa.live.';
export const EVENT_STREAM = 'WABUS_EVENTS';

const EVENT_PREFIX = 'wa.evt.';
const COMMAND_PREFIX = 'wa.cmd.';
/** Requests by which credentials move between an edge and the owner of a session, sealed for the one who reads them. */
export const TRANSFER_PREFIX = 'wa.transfer.';

/** `wa.evt.<session>.<event>`. Baileys' names contain dots and stay as they are, so `wa.evt.*.messages.*` means every message event. */
export function eventSubject(session: SessionId, event: EventName): string {
  return `${EVENT_PREFIX}${session}.${event}`;
}

/** The live form of an event subject, or of a filter over event subjects. */
export function liveSubject(eventSubjectOrFilter: string): string {
  return LIVE_PREFIX + eventSubjectOrFilter.slice(EVENT_PREFIX.length);
}

/** Session and event of an event subject, stored or live; `null` when it is neither. */
export function parseEventSubject(subject: string): { session: SessionId; event: EventName } | null {
  const prefix = [EVENT_PREFIX, LIVE_PREFIX].find(p => subject.startsWith(p));
  if (prefix === undefined) return null;
  const [session, ...rest] = subject.slice(prefix.length).split('.');
  const event = rest.join('.');
  return isSessionId(session) && isEventName(event) ? { session, event } : null;
}

/** A filter over stored events; a missing part means all. */
export function eventFilter(part: { session?: SessionId; event?: EventName } = {}): string {
  return `${EVENT_PREFIX}${part.session ?? '*'}.${part.event ?? '>'}`;
}

/** A filter over stored events by a pattern of their names: `*`, a name, or a prefix with `.*`, which also takes in what a later version adds. */
export function eventPatternFilter(session: SessionId | '*', pattern: string): string {
  const names = pattern === '*' || pattern.endsWith('.*') ? `${pattern.slice(0, -1)}>` : pattern;
  return `${EVENT_PREFIX}${session}.${names}`;
}

/** Filters over stored events that do not overlap, one for each pair of a session and an event; a missing list means all. */
export function eventFilters(parts: { sessions?: readonly SessionId[]; events?: readonly EventName[] } = {}): string[] {
  const sessions = parts.sessions === undefined ? [undefined] : new Set(parts.sessions);
  const events = parts.events === undefined ? [undefined] : new Set(parts.events);
  return [...sessions].flatMap(session => [...events].map(event => eventFilter({ session, event })));
}

/** `wa.cmd.<session>.<method>`: only the owner of the session subscribes, so "no responders" means "no owner". */
export function commandSubject(session: SessionId, method: string, prefix = COMMAND_PREFIX): string {
  return `${prefix}${session}.${method}`;
}

/** What the owner of a session subscribes to: all commands of it, known or not, so that an unknown one gets its own error. */
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
