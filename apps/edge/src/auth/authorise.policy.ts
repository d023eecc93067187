import { isSessionId, WabusError, type Scope, type SessionId } from '@wabus/contracts';
import type { Principal } from './principal.js';

/** Whether the principal may know of this session at all. */
export function mayReach(principal: Principal, session: SessionId): boolean {
  return principal.sessions === '*' || principal.sessions.includes(session);
}

export function hasScope(principal: Principal, scope: Scope): boolean {
  return principal.scopes.includes(scope) || principal.scopes.includes('admin');
}

/**
 * The one check of every API: may this principal do something of this scope to this session?
 * The session is the decoded, validated id, never text from a URL. Throws `FORBIDDEN`.
 */
export function authorise(principal: Principal, scope: Scope, session: SessionId): void {
  if (!mayReach(principal, session)) {
    throw new WabusError('FORBIDDEN', { message: `The token does not permit access to session "${session}".`, details: { session } });
  }
  if (!hasScope(principal, scope)) {
    throw new WabusError('FORBIDDEN', { message: `The token lacks the scope "${scope}".`, details: { session, scope } });
  }
}

/** For what concerns no session in particular, such as lists. Throws `FORBIDDEN`. */
export function requireScope(principal: Principal, scope: Scope): void {
  if (!hasScope(principal, scope)) {
    throw new WabusError('FORBIDDEN', { message: `The token lacks the scope "${scope}".`, details: { scope } });
  }
}

/** The principal with access to one session only, as `identifier` of a handshake asks for. Throws `INVALID_REQUEST` or `FORBIDDEN`. */
export function narrowed(principal: Principal, identifier: unknown): Principal {
  if (!isSessionId(identifier)) {
    throw new WabusError('INVALID_REQUEST', {
      message: 'identifier must be a session id: a string of 1 to 64 characters from A-Z a-z 0-9 _ -',
      details: { field: 'identifier' }
    });
  }
  if (!mayReach(principal, identifier)) {
    throw new WabusError('FORBIDDEN', {
      message: `The token does not permit access to session "${identifier}".`,
      details: { session: identifier }
    });
  }
  return { ...principal, sessions: [identifier] };
}
