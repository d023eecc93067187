import {
  NOTHING_OBSERVED,
  type DesiredState,
  type SessionId,
  type SessionRecord,
  type SessionState,
  type SessionStatus,
  type SessionStatusRecord,
  type SessionView
} from '@wabus/contracts';
import { editRecord, glimpseOf, newRecord, publicStatus, sessionViewOf, type LifecycleCommand } from './session-view.policy.js';

const AT = '2026-01-31T08:00:00.000Z';

const created = new Date('2026-01-01T00:00:00Z');
const later = new Date('2026-01-02T00:00:00Z');
const record = (desired: DesiredState): SessionRecord => ({ ...newRecord('sales' as SessionId, created), desired });

function view(session: string, status: Partial<SessionStatus>): SessionView {
  const observed = { ...NOTHING_OBSERVED, session: session as SessionId, state: 'open', connector: null, epoch: 1, updatedAt: AT } as const;
  return { session, desired: 'running', createdAt: AT, status: { ...observed, ...status } };
}

describe('data that only the owner of a session may see', () => {
  const { status } = view('a', {});
  const secret: SessionStatusRecord = {
    ...status,
    qr: { text: 'qr-text', attempt: 1, issuedAt: AT, expiresAt: AT },
    pairingCode: { code: 'pair-code', issuedAt: AT },
    passkey: { stage: 'confirmation', requestedAt: AT, expiresAt: null, code: 'passkey-code', compare: true, error: null },
    passkeyLinks: { hashes: ['link-hash'], over: null },
    appeal: { token: 'appeal-token', at: AT },
    recordAt: AT
  };
  const secretsIn = (value: unknown) => JSON.stringify(value).match(/qr-text|pair-code|passkey-code|link-hash|appeal-token/g);

  it("is in the owner's view, unless a command returns it", () => {
    expect(secretsIn(sessionViewOf(record('running'), secret))).toEqual(['passkey-code', 'appeal-token']);
  });

  it('is neither in the view of others nor in an event', () => {
    expect(secretsIn(glimpseOf(sessionViewOf(record('running'), secret)))).toBeNull();
    expect(secretsIn(publicStatus(secret))).toBeNull();
  });
});

describe('newRecord', () => {
  it('requests that the session runs', () => {
    expect(newRecord('sales' as SessionId, created)).toEqual({
      session: 'sales',
      desired: 'running',
      generation: 1,
      createdAt: '2026-01-01T00:00:00.000Z',
      updatedAt: '2026-01-01T00:00:00.000Z'
    });
  });
});

describe('editRecord', () => {
  const rows: [before: DesiredState, command: LifecycleCommand, state: SessionState, after: [DesiredState, generation: number]][] = [
    ['running', 'startSession', 'open', ['running', 1]],
    ['running', 'startSession', 'waiting', ['running', 1]],
    ['running', 'startSession', 'logged-out', ['running', 2]],
    ['running', 'startSession', 'failed', ['running', 2]],
    ['stopped', 'startSession', 'stopped', ['running', 1]],
    ['logged-out', 'startSession', 'logged-out', ['running', 1]],
    ['running', 'stopSession', 'open', ['stopped', 1]],
    ['stopped', 'stopSession', 'stopped', ['stopped', 1]],
    ['logged-out', 'stopSession', 'logged-out', ['logged-out', 1]],
    ['running', 'restartSession', 'open', ['running', 2]],
    ['stopped', 'restartSession', 'stopped', ['running', 2]],
    ['logged-out', 'restartSession', 'logged-out', ['running', 2]],
    ['running', 'logoutSession', 'open', ['logged-out', 1]],
    ['stopped', 'logoutSession', 'stopped', ['logged-out', 1]],
    ['logged-out', 'logoutSession', 'logged-out', ['logged-out', 1]],
    ['running', 'deleteSession', 'open', ['deleted', 1]],
    ['stopped', 'deleteSession', 'stopped', ['deleted', 1]],
    ['logged-out', 'deleteSession', 'logged-out', ['deleted', 1]]
  ];

  it.each(rows)('a session requested %s: %s in state %s → %j', (desired, command, state, [wanted, generation]) => {
    const before = record(desired);
    const after = editRecord(before, command, state, later);
    expect(after).toMatchObject({ desired: wanted, generation, createdAt: before.createdAt });
    const changed = desired !== wanted || before.generation !== generation;
    expect(after === before).toBe(!changed);
    expect(after.updatedAt).toBe((changed ? later : created).toISOString());
  });

  it.each(['startSession', 'stopSession', 'restartSession', 'logoutSession', 'deleteSession'] as const)(
    '%s does not restore a deleted session',
    command => {
      const before = record('deleted');
      expect(editRecord(before, command, 'stopped', later)).toBe(before);
    }
  );
});
