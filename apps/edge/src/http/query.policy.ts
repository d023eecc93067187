import { WabusError, isSessionId, parseChat, type SessionId } from '@wabus/contracts';
import { authorise } from '../auth/authorise.policy.js';
import type { Principal } from '../auth/principal.js';
import { visibleEvents } from '../auth/visibility.policy.js';
import type { EventSelection } from '../events-in/event-selection.policy.js';

export type Query = Readonly<Record<string, unknown>>;

/** Throws `INVALID_REQUEST` with the name of the first parameter that is not in `known`. */
export function refuseOtherParameters(query: Query, known: readonly string[]): void {
  const unknown = Object.keys(query).find(name => !known.includes(name));
  if (unknown === undefined) return;
  const field = unknown.slice(0, 100);
  throw invalidParameter(field, `is not a parameter of this address, which has ${known.join(', ') || 'none'}`);
}

/** Returns the value of a parameter that may occur once. Throws `INVALID_REQUEST`. */
export function oneText(query: Query, field: string, maxLength = 256): string | undefined {
  const value = query[field];
  if (value === undefined) return undefined;
  if (typeof value !== 'string' || value === '' || value.length > maxLength)
    throw invalidParameter(field, `must be given once, with 1 to ${maxLength} characters`);
  return value;
}

/**
 * Returns the distinct values of a parameter that may be repeated or contain several values separated by commas, or `undefined` if it is
 * missing. Throws `INVALID_REQUEST`.
 */
export function textList(query: Query, field: string, most = 256): string[] | undefined {
  const value = query[field];
  if (value === undefined) return undefined;
  const texts = (Array.isArray(value) ? value : [value]).flatMap(text => (typeof text === 'string' ? text.split(',') : [text as unknown]));
  if (texts.length > most || !texts.every(text => typeof text === 'string' && text !== '' && text.length <= 256))
    throw invalidParameter(field, `must be 1 to ${most} values, repeated or separated by commas`);
  return [...new Set(texts as string[])];
}

export interface NumberRange {
  readonly least: number;
  readonly most: number;
  /** The value if the parameter is missing. */
  readonly otherwise: number;
}

/** Returns the value of a parameter as an integer. Throws `INVALID_REQUEST`. */
export function wholeNumber(query: Query, field: string, { least, most, otherwise }: NumberRange): number {
  const value = query[field];
  if (value === undefined) return otherwise;
  const number = typeof value === 'string' && /^\d{1,16}$/.test(value) ? Number(value) : NaN;
  if (!(number >= least && number <= most)) throw invalidParameter(field, `must be a whole number from ${least} to ${most}`);
  return number;
}

export function invalidParameter(field: string, what: string): WabusError {
  return new WabusError('INVALID_REQUEST', { message: `${field} ${what}.`, details: { field } });
}

const PARAMETERS = ['events', 'since', 'until', 'limit', 'chats'];
const DEFAULT_LIMIT = 100;
export const MAX_LIMIT = 1_000;

/** The contents of a request for events. */
export interface EventQuery {
  readonly selection: EventSelection;
  /** A cursor or an ISO time. */
  readonly since: string | null;
  readonly until: string | null;
  readonly limit: number;
}

/**
 * Parses the query of a request for events, of one session if its id is in the path. Without events or sessions, it selects all that the
 * token permits. Throws `INVALID_REQUEST` with `details.field`, `UNKNOWN_EVENT` or `FORBIDDEN`.
 */
export function parseEventQuery(query: Query, principal: Principal, session?: string): EventQuery {
  refuseOtherParameters(query, session === undefined ? [...PARAMETERS, 'sessions'] : PARAMETERS);
  const chats = textList(query, 'chats');
  return {
    selection: {
      events: visibleEvents(principal, textList(query, 'events')),
      sessions: session === undefined ? sessionsOf(query, principal) : [checkedSession(session, principal, 'session')],
      chats: chats === undefined ? null : new Set(chats.map(checkedChat))
    },
    since: oneText(query, 'since') ?? null,
    until: oneText(query, 'until') ?? null,
    limit: wholeNumber(query, 'limit', { least: 1, most: MAX_LIMIT, otherwise: DEFAULT_LIMIT })
  };
}

function checkedChat(text: string): string {
  const chat = parseChat(text);
  if (chat === null) throw invalidParameter('chats', 'must be jids, LIDs or phone numbers');
  return chat;
}

function sessionsOf(query: Query, principal: Principal): '*' | readonly SessionId[] {
  const ids = textList(query, 'sessions');
  return ids === undefined ? principal.sessions : ids.map(id => checkedSession(id, principal, 'sessions'));
}

function checkedSession(id: string, principal: Principal, field: string): SessionId {
  if (!isSessionId(id)) throw invalidParameter(field, 'must be session ids: 1 to 64 characters from A-Z a-z 0-9 _ -');
  authorise(principal, 'read', id);
  return id;
}
