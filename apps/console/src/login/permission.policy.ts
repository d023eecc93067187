import type { PrincipalView, Scope } from '@wabus/contracts';

/** Whether the token has this scope; `admin` includes all scopes. */
export function may(principal: PrincipalView, scope: Scope): boolean {
  return principal.scopes.includes(scope) || principal.scopes.includes('admin');
}

/** Whether the token permits access to this session. */
export function mayOpenSession({ sessions }: PrincipalView, session: string): boolean {
  return sessions === '*' || sessions.includes(session);
}

/** Whether the token permits all sessions, which some functions require. */
export function reachesAll({ sessions }: PrincipalView): boolean {
  return sessions === '*';
}
