import { EVENT_NAMES, eventsOfPattern, isSessionId, WabusError, type EventName, type SessionId } from '@wabus/contracts';
import { authorise, requireScope } from '../auth/authorise.policy.js';
import { hearingScope, mayHear } from '../auth/hearing.policy.js';
import type { Principal } from '../auth/principal.js';
import type { EventSelection } from '../events-in/event-selection.policy.js';
import { invalidParameter, oneText, refuseOtherParameters, textList, wholeNumber, type Query } from './query.policy.js';

const PARAMETERS = ['events', 'since', 'until', 'limit', 'chats'];
const DEFAULT_LIMIT = 100;
export const MAX_LIMIT = 1_000;

/** What a request for events asks for. */
export interface EventQuery {
  readonly selection: EventSelection;
  /** A cursor or an ISO time. */
  readonly since: string | null;
  readonly until: string | null;
  readonly limit: number;
}

/**
 * The query of a request for events, of one session when its id is in the path. Without events it means all that the token permits, without sessions likewise.
 * Throws `INVALID_REQUEST` with `details.field`, `UNKNOWN_EVENT` or `FORBIDDEN`.
 */
export function parseEventQuery(query: Query, principal: Principal, session?: string): EventQuery {
  refuseOtherParameters(query, session === undefined ? [...PARAMETERS, 'sessions'] : PARAMETERS);
  const chats = textList(query, 'chats');
  return {
    selection: {
      events: eventsOf(query, principal),
      sessions: session === undefined ? sessionsOf(query, principal) : [checkedSession(session, principal, 'session')],
      chats: chats === undefined ? null : new Set(chats)
    },
    since: oneText(query, 'since') ?? null,
    until: oneText(query, 'until') ?? null,
    limit: wholeNumber(query, 'limit', { least: 1, most: MAX_LIMIT, otherwise: DEFAULT_LIMIT })
  };
}

function eventsOf(query: Query, principal: Principal): EventName[] {
  requireScope(principal, 'read');
  const patterns = textList(query, 'events');
  const permitted = (event: EventName): boolean => mayHear({ ...principal, sessions: '*' }, event, ANY_SESSION);
  if (patterns === undefined) return EVENT_NAMES.filter(permitted);
  const unknown = patterns.filter(pattern => eventsOfPattern(pattern).length === 0).map(pattern => pattern.slice(0, 100));
  if (unknown.length > 0) {
    throw new WabusError('UNKNOWN_EVENT', {
      message: `There is no event ${JSON.stringify(unknown[0])}.`,
      details: { unknown, field: 'events' }
    });
  }
  for (const name of patterns) if (eventsOfPattern(name)[0] === name) requireScope(principal, hearingScope(name));
  // A wildcard means those that the token permits.
  return [...new Set(patterns.flatMap(eventsOfPattern))].filter(permitted);
}

const ANY_SESSION = '-' as SessionId;

function sessionsOf(query: Query, principal: Principal): '*' | readonly SessionId[] {
  const ids = textList(query, 'sessions');
  return ids === undefined ? principal.sessions : ids.map(id => checkedSession(id, principal, 'sessions'));
}

function checkedSession(id: string, principal: Principal, field: string): SessionId {
  if (!isSessionId(id)) throw invalidParameter(field, 'holds session ids: 1 to 64 characters A-Z a-z 0-9 _ -');
  authorise(principal, 'read', id);
  return id;
}
