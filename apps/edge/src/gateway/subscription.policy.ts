import {
  WabusError,
  eventsOfPattern,
  isSessionId,
  parseChat,
  unknownEvents,
  type ErrorBody,
  type ErrorCode,
  type EventName,
  type RefusedName,
  type SessionId
} from '@wabus/contracts';
import { authorise, hasScope, requireScope } from '../auth/authorise.policy.js';
import type { Principal } from '../auth/principal.js';
import { visibilityOf, scopeToSee } from '../auth/visibility.policy.js';
import type { Forms, Shape, Term } from './subscription.state.js';

const NAMED_IN_ERRORS = 20;

/** Returns the fields of a message that must be a plain object with only the given fields. Throws `INVALID_REQUEST` with the names of unexpected fields. */
export function fieldsOf(message: unknown, known: readonly string[]): Record<string, unknown> {
  if (typeof message !== 'object' || message === null || Array.isArray(message) || ArrayBuffer.isView(message)) {
    throw new WabusError('INVALID_REQUEST', { message: `The message must be an object with the fields ${known.join(', ')}.` });
  }
  const unknown = Object.keys(message).filter(name => !known.includes(name));
  if (unknown.length > 0) {
    const named = unknown.slice(0, NAMED_IN_ERRORS).map(name => name.slice(0, 100));
    throw new WabusError('INVALID_REQUEST', {
      message: `The message may contain only the fields ${known.join(', ')}.`,
      details: { unknown: named }
    });
  }
  // Copies own fields only, so that no value comes from a prototype.
  return Object.assign(Object.create(null) as Record<string, unknown>, message);
}

/** The most names that one request may contain. */
export const MAX_NAMES = 256;
const MAX_TEXT = 256;

const FIELDS = ['events', 'sessions', 'chats', 'since', 'envelope', 'batch'];

/** The granted part of a `subscribe` message. */
export interface SubscribeIntent {
  readonly term: Term;
  readonly forms: Forms;
  /** A cursor or a time, not parsed yet. */
  readonly since: string | null;
  readonly refused: RefusedName[];
}

/**
 * Parses a `subscribe` message: an array of event names, or a `SubscribeRequest`. Unknown or forbidden names are refused one by one. Throws
 * `INVALID_REQUEST`. If no event or no session is left, throws `UNKNOWN_EVENT` (with `details.unknown`) or `FORBIDDEN`.
 */
export function parseSubscribe(message: unknown, principal: Principal): SubscribeIntent {
  const request: Readonly<Record<string, unknown>> = Array.isArray(message) ? { events: message } : fieldsOf(message, FIELDS);
  const { known, refused } = visibleOf(parseEvents(request['events']), principal);
  const sessions = parseSessions(request['sessions'], principal);
  const shape = parseShape(request);
  const chats = request['chats'] === undefined ? null : parseChats(request['chats']);
  return {
    term: { events: new Set(known), sessions: sessions.granted, chats },
    forms: new Map(known.map(event => [event, { shape, visibility: visibilityOf(principal, event) }])),
    since: parseSince(request['since']),
    refused: [...refused, ...sessions.refused]
  };
}

/** Parses an `unsubscribe` message. `events` is `null` if the message names no events, which means all events. Throws the errors of `parseSubscribe`. */
export function parseUnsubscribe(message: unknown): { events: readonly EventName[] | null; refused: RefusedName[] } {
  if (message === undefined || message === null) return { events: null, refused: [] };
  const { known, refused } = parseEvents(message);
  return { events: known, refused };
}

function parseEvents(names: unknown): { known: EventName[]; refused: RefusedName[] } {
  const list = [...new Set(listOfTexts(names, 'events'))];
  const known = [...new Set(list.flatMap(eventsOfPattern))];
  const unknown = list.filter(name => eventsOfPattern(name).length === 0);
  if (known.length === 0) throw unknownEvents(unknown.slice(0, NAMED_IN_ERRORS));
  const refused = unknown.map(name => refusal(name, 'UNKNOWN_EVENT', unknownEvents([name]).message));
  return { known, refused };
}

/** Splits known events into those that are visible to the principal and those that are refused. Throws `FORBIDDEN` if none is visible. */
function visibleOf({ known, refused }: ReturnType<typeof parseEvents>, principal: Principal): ReturnType<typeof parseEvents> {
  const granted = known.filter(event => hasScope(principal, scopeToSee(event)));
  if (granted.length === 0) requireScope(principal, scopeToSee(known[0]!));
  const forbidden = known
    .filter(event => !granted.includes(event))
    .map(event => refusal(event, 'FORBIDDEN', `The token lacks the scope "${scopeToSee(event)}".`));
  return { known: granted, refused: [...refused, ...forbidden] };
}

function parseSessions(ids: unknown, principal: Principal): { granted: '*' | ReadonlySet<SessionId>; refused: RefusedName[] } {
  if (ids === undefined) return { granted: everySession(principal), refused: [] };
  const granted = new Set<SessionId>();
  const refused: { name: string; error: WabusError }[] = [];
  for (const session of new Set(listOfTexts(ids, 'sessions'))) {
    if (!isSessionId(session)) throw invalid('sessions must be session ids: 1 to 64 characters from A-Z a-z 0-9 _ -', 'sessions');
    try {
      authorise(principal, 'read', session);
      granted.add(session);
    } catch (thrown) {
      refused.push({ name: session, error: WabusError.from(thrown) });
    }
  }
  if (granted.size === 0) throw refused[0]!.error;
  return { granted, refused: refused.map(({ name, error }) => ({ name, error: error.toBody() })) };
}

function everySession(principal: Principal): '*' | ReadonlySet<SessionId> {
  if (!hasScope(principal, 'read'))
    throw new WabusError('FORBIDDEN', { message: 'The token lacks the scope "read".', details: { scope: 'read' } });
  return principal.sessions === '*' ? '*' : new Set(principal.sessions);
}

function parseChats(jids: unknown): ReadonlySet<string> {
  const chats = listOfTexts(jids, 'chats');
  return new Set(
    chats.map(text => {
      const chat = parseChat(text);
      if (chat === null)
        throw invalid(`chats must be jids, LIDs or phone numbers: ${JSON.stringify(shortened(text))} is none of these`, 'chats');
      return chat;
    })
  );
}

function parseShape({ envelope, batch }: Record<string, unknown>): Shape {
  for (const [field, value] of Object.entries({ envelope, batch })) {
    if (value !== undefined && typeof value !== 'boolean') throw invalid(`${field} must be true or false`, field);
  }
  if (batch === true && envelope === false) throw invalid('batch always delivers envelopes: leave envelope out', 'envelope');
  if (batch === true) return 'batch';
  return envelope === true ? 'envelope' : 'plain';
}

function parseSince(since: unknown): string | null {
  if (since === undefined) return null;
  if (typeof since !== 'string' || since === '' || since.length > MAX_TEXT) throw invalid('since must be a cursor or an ISO time', 'since');
  return since;
}

function listOfTexts(value: unknown, field: string): string[] {
  const isList = Array.isArray(value) && value.length >= 1 && value.length <= MAX_NAMES;
  if (!isList || !value.every(item => typeof item === 'string'))
    throw invalid(`${field} must be an array of 1 to ${MAX_NAMES} strings`, field);
  return value;
}

function refusal(name: string, code: ErrorCode, message: string): RefusedName {
  const error: ErrorBody = new WabusError(code, { message }).toBody();
  return { name: shortened(name), error };
}

function shortened(name: string): string {
  return name.slice(0, 100);
}

function invalid(what: string, field: string): WabusError {
  return new WabusError('INVALID_REQUEST', { message: `${what}.`, details: { field } });
}
