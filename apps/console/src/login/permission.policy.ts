import type { PrincipalView, Scope } from '@wabus/contracts';

/** Whether the token permits something of this scope; `admin` permits all. */
export function may(principal: PrincipalView, scope: Scope): boolean {
  return principal.scopes.includes(scope) || principal.scopes.includes('admin');
}

/** Whether the token may know of this session. */
export function mayOpenSession({ sessions }: PrincipalView, session: string): boolean {
  return sessions === '*' || sessions.includes(session);
}

/** Whether the token stands for the whole installation, as some things ask for. */
export function reachesAll({ sessions }: PrincipalView): boolean {
  return sessions === '*';
}
