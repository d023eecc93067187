import type { PrincipalView, Scope } from '@wabus/contracts';
import { may, mayOpenSession, reachesAll } from './permission.policy.js';

const principal = (scopes: Scope[], sessions: '*' | string[] = '*'): PrincipalView => ({ id: 'p', scopes, sessions, expiresAt: null });

describe('the permissions of a token', () => {
  it('are those of its scopes', () => {
    expect(may(principal(['read']), 'read')).toBe(true);
    expect(may(principal(['read']), 'send')).toBe(false);
    expect(may(principal([]), 'read')).toBe(false);
  });

  it('are unlimited with admin', () => {
    for (const scope of ['read', 'send', 'control', 'admin'] as const) expect(may(principal(['admin']), scope)).toBe(true);
  });

  it('apply to its own sessions only', () => {
    expect(mayOpenSession(principal(['read'], ['sales']), 'sales')).toBe(true);
    expect(mayOpenSession(principal(['read'], ['sales']), 'support')).toBe(false);
    expect(mayOpenSession(principal(['read']), 'support')).toBe(true);
    expect(reachesAll(principal(['read']))).toBe(true);
    expect(reachesAll(principal(['read'], ['sales']))).toBe(false);
  });
});
