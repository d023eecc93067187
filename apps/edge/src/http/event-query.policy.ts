import { isSessionId, type SessionId } from '@wabus/contracts';
import { authorise } from '../auth/authorise.policy.js';
import { audibleEvents } from '../auth/hearing.policy.js';
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
      events: audibleEvents(principal, textList(query, 'events')),
      sessions: session === undefined ? sessionsOf(query, principal) : [checkedSession(session, principal, 'session')],
      chats: chats === undefined ? null : new Set(chats)
    },
    since: oneText(query, 'since') ?? null,
    until: oneText(query, 'until') ?? null,
    limit: wholeNumber(query, 'limit', { least: 1, most: MAX_LIMIT, otherwise: DEFAULT_LIMIT })
  };
}

function sessionsOf(query: Query, principal: Principal): '*' | readonly SessionId[] {
  const ids = textList(query, 'sessions');
  return ids === undefined ? principal.sessions : ids.map(id => checkedSession(id, principal, 'sessions'));
}

function checkedSession(id: string, principal: Principal, field: string): SessionId {
  if (!isSessionId(id)) throw invalidParameter(field, 'holds session ids: 1 to 64 characters A-Z a-z 0-9 _ -');
  authorise(principal, 'read', id);
  return id;
}
