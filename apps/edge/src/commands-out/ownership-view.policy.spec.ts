import { NOTHING_OBSERVED, type SessionId, type SessionStatus, type SessionView } from '@wabus/contracts';
import { ownershipOf } from './ownership-view.policy.js';

const AT = '2026-01-31T08:00:00.000Z';

function view(session: string, status: Partial<SessionStatus>): SessionView {
  const observed = { ...NOTHING_OBSERVED, session: session as SessionId, state: 'open', connector: null, epoch: 1, updatedAt: AT } as const;
  return { session, desired: 'running', createdAt: AT, status: { ...observed, ...status } };
}

describe('who owns what', () => {
  it('lists connectors in order, each with its sessions in order', () => {
    const { connectors, unowned } = ownershipOf([
      view('b', { connector: 'c2', epoch: 7 }),
      view('c', { connector: 'c1' }),
      view('a', { connector: 'c2' })
    ]);
    expect(connectors.map(({ id, sessions }) => [id, sessions.map(({ session }) => session)])).toEqual([
      ['c1', ['c']],
      ['c2', ['a', 'b']]
    ]);
    expect(connectors[1]!.sessions[1]).toEqual({ session: 'b', state: 'open', epoch: 7, updatedAt: AT });
    expect(unowned).toEqual([]);
  });

  it('tells which sessions nobody runs', () => {
    const { connectors, unowned } = ownershipOf([view('z', { state: 'stopped' }), view('y', { state: 'logged-out' })]);
    expect(connectors).toEqual([]);
    expect(unowned.map(({ session, state }) => [session, state])).toEqual([
      ['y', 'logged-out'],
      ['z', 'stopped']
    ]);
  });
});
