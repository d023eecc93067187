import { NOTHING_OBSERVED, SESSION_STATES } from '@wabus/contracts';
import type { LinkedAccount, SessionView } from '@wabus/sdk';
import type { SessionStateName } from './session-state.table.js';
import { sensibleWishes } from './wish.policy.js';

const ACCOUNT: LinkedAccount = { id: '15550000001@s.whatsapp.net', lid: null, name: null, platform: null };

function session(state: SessionStateName, account: LinkedAccount | null, desired: SessionView['desired'] = 'running'): SessionView {
  const facts = { session: 's', connector: 'c', epoch: 1, updatedAt: '', snapshots: [], account, state };
  return { session: 's', desired, createdAt: '', status: { ...NOTHING_OBSERVED, ...facts } };
}

describe('the actions for a session', () => {
  it.each(SESSION_STATES)('always include its deletion (%s)', state => {
    expect(sensibleWishes(session(state, null))).toContain('delete');
  });

  it('are empty while it is being deleted', () => {
    expect(sensibleWishes(session('open', ACCOUNT, 'deleted'))).toEqual([]);
  });

  it('include a start only if it is not running', () => {
    const startable = SESSION_STATES.filter(state => sensibleWishes(session(state, ACCOUNT)).includes('start'));
    expect(startable).toEqual(['stopped', 'logged-out']);
  });

  it('exclude a logout if no account is linked', () => {
    expect(sensibleWishes(session('pairing', null))).not.toContain('logout');
    expect(sensibleWishes(session('open', ACCOUNT))).toContain('logout');
    expect(sensibleWishes(session('logged-out', null))).not.toContain('logout');
  });
});
