import type { Scope, SessionId, WabusError } from '@wabus/contracts';
import type { Principal } from '../principal.js';
import { checkGrant, mayAdminister } from './token-grant.policy.js';

const now = Date.parse('2026-01-01T00:00:00Z');
const admin: Principal = { id: 'a', sessions: '*', scopes: ['admin'] };
const salesAdmin: Principal = { id: 's', sessions: ['sales', 'shop'] as SessionId[], scopes: ['admin'], expiresAt: now + 60_000 };
const request = { name: 'dashboard', scopes: ['read'] };
const codeOf = (creator: Principal, more: object): string => {
  try {
    return JSON.stringify(checkGrant({ ...request, ...more }, creator, now));
  } catch (error) {
    return (error as WabusError).code;
  }
};

describe('granting a token', () => {
  it("grants the request, by default the creator's sessions", () => {
    expect(checkGrant(request, admin, now)).toEqual({ name: 'dashboard', sessions: '*', scopes: ['read'], expiresAt: null });
    expect(checkGrant({ ...request, sessions: ['sales', 'sales'], expiresAt: '2026-06-01' }, admin, now)).toMatchObject({
      sessions: ['sales'],
      expiresAt: '2026-06-01T00:00:00.000Z'
    });
    expect(checkGrant(request, salesAdmin, now)).toMatchObject({ sessions: ['sales', 'shop'], expiresAt: '2026-01-01T00:01:00.000Z' });
  });

  it.each([
    ['every session', { sessions: '*' }],
    ['a session of others', { sessions: ['sales', 'support'] }],
    ['a longer life', { expiresAt: '2026-01-02' }]
  ])('does not give %s to a creator that lacks it', (_what, more) => {
    expect(codeOf(salesAdmin, more)).toBe('FORBIDDEN');
  });

  it.each([['read'], ['send'], ['control'], ['read', 'send', 'control']] as Scope[][])('requires admin: %s is not enough', (...scopes) => {
    expect(codeOf({ ...admin, scopes }, {})).toBe('FORBIDDEN');
  });

  it.each([
    { name: '' },
    { name: 'line\nbreak' },
    { name: 'x'.repeat(101) },
    { name: undefined },
    { scopes: [] },
    { scopes: 'read' },
    { scopes: ['root'] },
    { scopes: undefined },
    { sessions: [] },
    { sessions: ['a/b'] },
    { sessions: ['%2e'] },
    { sessions: 'sales' },
    { expiresAt: 'soon' },
    { expiresAt: 5 },
    { expiresAt: '2025-01-01' },
    { hash: 'mine' },
    { __proto__: null, token: 'my-own-choice-of-token' }
  ])('refuses %j', more => {
    expect(codeOf(admin, more)).toBe('INVALID_REQUEST');
  });

  it.each([null, [], 'x', undefined])('refuses the body %j', body => {
    expect(() => checkGrant(body, admin, now)).toThrow(/JSON object/);
  });

  it('limits an administrator to tokens within own sessions', () => {
    expect(mayAdminister(admin, { sessions: '*' })).toBe(true);
    expect(mayAdminister(salesAdmin, { sessions: ['shop'] })).toBe(true);
    expect(mayAdminister(salesAdmin, { sessions: ['shop', 'support'] })).toBe(false);
    expect(mayAdminister(salesAdmin, { sessions: '*' })).toBe(false);
    expect(mayAdminister({ ...admin, scopes: ['control'] }, { sessions: [] })).toBe(false);
  });
});
