import type { Principal } from './principal.js';

/** The grant of a static token. */
export function grantOf({ sessions, scopes, expiresAt }: Pick<Principal, 'sessions' | 'scopes' | 'expiresAt'>): string {
  return JSON.stringify([sessions === '*' ? '*' : [...sessions].sort(), [...scopes].sort(), expiresAt ?? null]);
}
