import { WabusError, type Scope, type SessionId } from '@wabus/contracts';
import type { Principal } from './principal.js';

/** Whether the principal may know of this session at all. */
export function mayReach(principal: Principal, session: SessionId): boolean {
  return principal.sessions === '*' || principal.sessions.includes(session);
}

export function hasScope(principal: Principal, scope: Scope): boolean {
  return principal.scopes.includes(scope) || principal.scopes.includes('admin');
}

/**
 * The one check behind every door: may this principal do something of this scope to this session?
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
