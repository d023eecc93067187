import { SESSION_STATES, type SessionId, type SessionStatusRecord } from '@wabus/contracts';
import { connectorStateOf, judgeOwner, withoutOwner, type OwnerSight } from './owner-liveness.policy.js';

const sight: OwnerSight = { seenAt: 1_000, missing: false, joined: 5, silentMs: 100 };
const at = (now: number, steadySince = 0): { now: number; steadySince: number } => ({ now, steadySince });
const owned = { connector: 'c1', epoch: 9 };

describe("the liveness of a session's owner", () => {
  it.each([
    ['renewed a moment ago', owned, sight, at(1_010), 'here'],
    ['silent for as long as it may', owned, sight, at(1_100), 'here'],
    ['silent for too long', owned, sight, at(1_101), 'gone'],
    ['silent and not taken over', owned, sight, at(1_151), 'lost'],
    ['declared dead', owned, { ...sight, missing: true }, at(1_010), 'gone'],
    ['declared dead and not taken over', owned, { ...sight, missing: true }, at(1_151), 'lost'],
    ['another run of the same name', { ...owned, epoch: 4 }, sight, at(1_010), 'gone'],
    ['silent, while this edge could not look', owned, sight, at(1_500, 1_450), 'here'],
    ['silent since this edge looks again', owned, sight, at(1_560, 1_450), 'gone'],
    ['not looked for yet', owned, undefined, at(9_999), 'here'],
    ['nobody', { connector: null, epoch: 9 }, { ...sight, missing: true }, at(9_999), 'here']
  ] as const)('%s', (_what, status, seen, observer, verdict) => {
    expect(judgeOwner(status, seen, observer)).toBe(verdict);
  });

  it.each([
    ['takes sessions', { ...sight, ready: true }, at(1_010), 'ready'],
    ['is about to stop', { ...sight, ready: false }, at(1_010), 'draining'],
    ['is silent for too long', { ...sight, ready: true }, at(1_101), 'lost'],
    ['was declared dead', { ...sight, missing: true, ready: false }, at(1_010), 'lost'],
    ['is silent, while this edge could not look', { ...sight, ready: true }, at(1_500, 1_450), 'ready']
  ] as const)('a connector that %s', (_what, seen, observer, state) => {
    expect(connectorStateOf(seen, observer)).toBe(state);
  });

  it.each(SESSION_STATES)('without an owner, %s is not open and shows no code', state => {
    const status = {
      session: 's' as SessionId,
      state,
      connector: 'c1',
      epoch: 9,
      updatedAt: '2026-01-01T00:00:00.000Z',
      lastDisconnect: null,
      qr: { text: 'x', attempt: 1, issuedAt: '', expiresAt: '' },
      pairingCode: { code: 'ABCDEFGH', issuedAt: '' }
    } as unknown as SessionStatusRecord;
    const halted = ['stopped', 'logged-out', 'failed'].includes(state);
    expect(withoutOwner(status)).toMatchObject({
      state: halted ? state : 'starting',
      connector: null,
      epoch: 9,
      qr: null,
      pairingCode: null,
      lastDisconnect: halted ? null : { reason: 'connector-gone', willReconnect: true, at: status.updatedAt }
    });
  });
});
