import type { DesiredState, SessionId, SessionRecord, SessionState } from '@wabus/contracts';
import { editRecord, newRecord, type LifecycleCommand } from './session-record.policy.js';

const created = new Date('2026-01-01T00:00:00Z');
const later = new Date('2026-01-02T00:00:00Z');
const record = (desired: DesiredState): SessionRecord => ({ ...newRecord('sales' as SessionId, created), desired });

describe('newRecord', () => {
  it('wants the session to run', () => {
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

  it.each(rows)('a session wanted %s: %s in state %s → %j', (desired, command, state, [wanted, generation]) => {
    const before = record(desired);
    const after = editRecord(before, command, state, later);
    expect(after).toMatchObject({ desired: wanted, generation, createdAt: before.createdAt });
    const changed = desired !== wanted || before.generation !== generation;
    expect(after === before).toBe(!changed);
    expect(after.updatedAt).toBe((changed ? later : created).toISOString());
  });

  it.each(['startSession', 'stopSession', 'restartSession', 'logoutSession', 'deleteSession'] as const)(
    '%s does not bring a deleted session back',
    command => {
      const before = record('deleted');
      expect(editRecord(before, command, 'stopped', later)).toBe(before);
    }
  );
});
