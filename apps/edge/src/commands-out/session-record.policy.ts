import type { CommandName, SessionId, SessionRecord, SessionState } from '@wabus/contracts';

/** Commands that edit the record of a session. */
export type LifecycleCommand = Extract<CommandName, 'startSession' | 'stopSession' | 'restartSession' | 'logoutSession' | 'deleteSession'>;

export function newRecord(session: SessionId, now: Date, desired: 'running' | 'stopped' = 'running'): SessionRecord {
  return { session, desired, generation: 1, createdAt: now.toISOString(), updatedAt: now.toISOString() };
}

/**
 * The record after a lifecycle command; the same object when there is nothing to change. A session that is being deleted stays so.
 * `state` is the observed one: a start of a session that WhatsApp logged out, or that failed, asks for a new attempt by a higher generation.
 */
export function editRecord(record: SessionRecord, command: LifecycleCommand, state: SessionState, now: Date): SessionRecord {
  const edit = (change: Partial<SessionRecord>): SessionRecord => ({ ...record, ...change, updatedAt: now.toISOString() });
  const next = { desired: 'running', generation: record.generation + 1 } as const;
  if (record.desired === 'deleted') return record;
  switch (command) {
    case 'startSession':
      if (record.desired !== 'running') return edit({ desired: 'running' });
      return state === 'logged-out' || state === 'failed' ? edit(next) : record;
    case 'stopSession':
      // A logout under way already ends without a socket; `stopped` would call it off.
      return record.desired === 'running' ? edit({ desired: 'stopped' }) : record;
    case 'restartSession':
      return edit(next);
    case 'logoutSession':
      return record.desired === 'logged-out' ? record : edit({ desired: 'logged-out' });
    case 'deleteSession':
      return edit({ desired: 'deleted' });
  }
}
