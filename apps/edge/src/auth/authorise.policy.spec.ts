import { SCOPES, WabusError, type Scope, type SessionId } from '@wabus/contracts';
import { authorise, mayReach } from './authorise.policy.js';
import type { Principal } from './principal.js';

const sales = 'sales' as SessionId;
const support = 'support' as SessionId;

const allowed = (principal: Principal, scope: Scope, session: SessionId): boolean => {
  try {
    authorise(principal, scope, session);
    return true;
  } catch (error) {
    expect(error).toBeInstanceOf(WabusError);
    expect((error as WabusError).code).toBe('FORBIDDEN');
    return false;
  }
};

describe('authorise', () => {
  it.each(SCOPES)('permits scope %s to a token with exactly this scope', scope => {
    const principal: Principal = { id: 'p', sessions: '*', scopes: [scope] };
    const permitted = SCOPES.filter(wanted => allowed(principal, wanted, sales));
    expect(permitted).toEqual(scope === 'admin' ? [...SCOPES] : [scope]);
  });

  it('keeps a token within its sessions, whatever its scopes', () => {
    const principal: Principal = { id: 'p', sessions: [sales], scopes: ['admin'] };
    expect(allowed(principal, 'read', sales)).toBe(true);
    expect(allowed(principal, 'read', support)).toBe(false);
    expect([mayReach(principal, sales), mayReach(principal, support)]).toEqual([true, false]);
  });

  it('permits nothing without sessions or without scopes', () => {
    expect(allowed({ id: 'p', sessions: [], scopes: ['admin'] }, 'read', sales)).toBe(false);
    expect(allowed({ id: 'p', sessions: '*', scopes: [] }, 'read', sales)).toBe(false);
  });
});
