import { NOTHING_OBSERVED, NOTHING_REPORTED, type SessionId, type SessionStatus, type SessionView } from '@wabus/contracts';
import { ownershipOf, type KnownConnector } from './ownership-view.policy.js';

const AT = '2026-01-31T08:00:00.000Z';

function view(session: string, status: Partial<SessionStatus>): SessionView {
  const observed = { ...NOTHING_OBSERVED, session: session as SessionId, state: 'open', connector: null, epoch: 1, updatedAt: AT } as const;
  return { session, desired: 'running', createdAt: AT, status: { ...observed, ...status } };
}

const older = (id: string): KnownConnector => ({ id, state: 'ready', weight: 1, report: null });
const reporting = (id: string, state: KnownConnector['state'] = 'ready'): KnownConnector => ({
  id,
  state,
  weight: 1,
  report: { ...NOTHING_REPORTED, version: '0.3.0', memoryBytes: 5 }
});

describe('the view of ownership', () => {
  it('lists connectors in order, each with its sessions in order', () => {
    const sessions = [view('b', { connector: 'c2', epoch: 7 }), view('c', { connector: 'c1' }), view('a', { connector: 'c2' })];
    const { connectors, unowned } = ownershipOf(sessions, [reporting('c2'), reporting('c1')]);
    expect(connectors.map(({ id, sessions }) => [id, sessions.map(({ session }) => session)])).toEqual([
      ['c1', ['c']],
      ['c2', ['a', 'b']]
    ]);
    expect(connectors[1]!.sessions[1]).toEqual({ session: 'b', state: 'open', epoch: 7, updatedAt: AT });
    expect(unowned).toEqual([]);
  });

  it('shows the sessions that no connector runs', () => {
    const { connectors, unowned } = ownershipOf([view('z', { state: 'stopped' }), view('y', { state: 'logged-out' })], []);
    expect(connectors).toEqual([]);
    expect(unowned.map(({ session, state }) => [session, state])).toEqual([
      ['y', 'logged-out'],
      ['z', 'stopped']
    ]);
  });

  it('lists a connector that owns nothing, with its report', () => {
    const { connectors } = ownershipOf([], [reporting('idle', 'draining')]);
    expect(connectors).toEqual([
      { ...NOTHING_REPORTED, id: 'idle', state: 'draining', weight: 1, version: '0.3.0', memoryBytes: 5, sessions: [] }
    ]);
  });

  it('lists one of an older release while it owns a session', () => {
    const { connectors } = ownershipOf([view('a', { connector: 'owner' })], [older('owner'), older('left')]);
    expect(connectors).toMatchObject([{ ...NOTHING_REPORTED, id: 'owner', state: 'ready', sessions: [{ session: 'a' }] }]);
  });
});
