import { isSessionId, WabusError, type Scope, type SessionId } from '@wabus/contracts';
import type { Principal } from './principal.js';

/** Returns whether the principal may know that this session exists. */
export function mayReach(principal: Principal, session: SessionId): boolean {
  return principal.sessions === '*' || principal.sessions.includes(session);
}

export function hasScope(principal: Principal, scope: Scope): boolean {
  return principal.scopes.includes(scope) || principal.scopes.includes('admin');
}

/**
 * Checks for every API whether the principal has a scope for a session. `session` is the decoded, validated id, never text from a URL. Throws `FORBIDDEN`.
 */
export function authorise(principal: Principal, scope: Scope, session: SessionId): void {
  if (!mayReach(principal, session)) {
    throw new WabusError('FORBIDDEN', { message: `The token does not permit access to session "${session}".`, details: { session } });
  }
  if (!hasScope(principal, scope)) {
    throw new WabusError('FORBIDDEN', { message: `The token lacks the scope "${scope}".`, details: { session, scope } });
  }
}

/** Checks a scope for requests that concern no particular session, such as lists. Throws `FORBIDDEN`. */
export function requireScope(principal: Principal, scope: Scope): void {
  if (!hasScope(principal, scope)) {
    throw new WabusError('FORBIDDEN', { message: `The token lacks the scope "${scope}".`, details: { scope } });
  }
}

/** Returns the principal restricted to one session, which the `identifier` of a handshake names. Throws `INVALID_REQUEST` or `FORBIDDEN`. */
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
