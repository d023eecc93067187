import { isEventName, isSessionId, WabusError, type EventName, type SessionId } from '@wabus/contracts';
import { authorise, requireScope } from '../auth/authorise.policy.js';
import { hearingForm, hearingScope } from '../auth/hearing.policy.js';
import type { Principal } from '../auth/principal.js';
import { fieldsOf } from './message-fields.policy.js';
import { roomOf } from './room.codec.js';

const MAX_NAMES = 256;
const NAMED_IN_ERRORS = 20;

/**
 * The rooms that a `subscribe` message asks for: an array of event names, or `{events, sessions}`. Without sessions it means all that the token permits.
 * Throws `INVALID_REQUEST`, `UNKNOWN_EVENT` with `details.unknown`, or `FORBIDDEN`; then nothing is granted.
 */
export function roomsToJoin(message: unknown, principal: Principal): string[] {
  const request = Array.isArray(message) ? { events: message } : fieldsOf(message, ['events', 'sessions']);
  const events = parseEvents(request['events']);
  const sessions = request['sessions'] === undefined ? everySession(principal) : parseSessions(request['sessions'], principal);
  for (const event of events) requireScope(principal, hearingScope(event));
  return events.flatMap(event => sessions.map(session => roomOf(session, event, hearingForm(principal, event))));
}

/** The events that an `unsubscribe` message names; `null` when it means all: it names none. Throws as `roomsToJoin` does. */
export function eventsToLeave(message: unknown): EventName[] | null {
  return message === undefined || message === null ? null : parseEvents(message);
}

function parseEvents(names: unknown): EventName[] {
  const list = listOfTexts(names, 'events');
  const unknown = list.filter(name => !isEventName(name));
  if (unknown.length > 0) {
    const named = unknown.slice(0, NAMED_IN_ERRORS).map(name => name.slice(0, 100));
    throw new WabusError('UNKNOWN_EVENT', {
      message: `There is no event ${named.map(name => JSON.stringify(name)).join(', ')}.`,
      details: { unknown: named }
    });
  }
  return [...new Set(list)] as EventName[];
}

function everySession(principal: Principal): readonly (SessionId | '*')[] {
  requireScope(principal, 'read');
  return principal.sessions === '*' ? ['*'] : principal.sessions;
}

function parseSessions(ids: unknown, principal: Principal): SessionId[] {
  return [...new Set(listOfTexts(ids, 'sessions'))].map(session => {
    if (!isSessionId(session)) throw invalid('sessions must be session ids: 1 to 64 characters A-Z a-z 0-9 _ -', 'sessions');
    authorise(principal, 'read', session);
    return session;
  });
}

function listOfTexts(value: unknown, field: string): string[] {
  const isList = Array.isArray(value) && value.length >= 1 && value.length <= MAX_NAMES;
  if (!isList || !value.every(item => typeof item === 'string'))
    throw invalid(`${field} must be an array of 1 to ${MAX_NAMES} texts`, field);
  return value;
}

function invalid(what: string, field: string): WabusError {
  return new WabusError('INVALID_REQUEST', { message: `${what}.`, details: { field } });
}
