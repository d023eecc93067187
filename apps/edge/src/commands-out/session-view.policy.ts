import {
  NOTHING_OBSERVED,
  statusForControl,
  statusForReading,
  type CommandName,
  type SessionId,
  type SessionRecord,
  type SessionState,
  type SessionStatus,
  type SessionStatusRecord,
  type SessionView
} from '@wabus/contracts';

/** A session as clients see it. Codes to link an account are left out. A session that no owner has reported on yet is `starting`, or `stopped` when it need not run. */
export function sessionViewOf(record: SessionRecord, status: SessionStatusRecord | undefined): SessionView {
  return {
    session: record.session,
    desired: record.desired,
    createdAt: record.createdAt,
    status: status ? observed(status) : initialStatus(record),
    ...(record.desired === 'deleted' ? { deletion: deletionOf(record, status) } : {})
  };
}

/** What the deletion of a session waits for. */
function deletionOf({ erased }: SessionRecord, status: SessionStatusRecord | undefined): NonNullable<SessionView['deletion']> {
  if (erased) return { step: 'edge', waitsFor: 'Edges erase the data that they keep of the session.' };
  const owner = status?.connector ?? null;
  const waitsFor =
    owner === null
      ? 'No connector runs the session at the moment. Start one: it unlinks the session and erases its credentials and events. Until then nothing is erased, and the name remains in use.'
      : `Connector ${owner} unlinks the session and erases its credentials and events.`;
  return { step: 'connector', waitsFor };
}

export function sessionStateOf(record: SessionRecord, status: SessionStatusRecord | undefined): SessionState {
  return status?.state ?? (record.desired === 'running' ? 'starting' : 'stopped');
}

function initialStatus(record: SessionRecord): SessionStatus {
  return {
    ...NOTHING_OBSERVED,
    session: record.session,
    state: sessionStateOf(record, undefined),
    connector: null,
    epoch: 0,
    updatedAt: record.updatedAt
  };
}

/** The same for somebody who may not control the session: of a link by passkey they see how far it is, and no token for an appeal. */
export function glimpseOf(view: SessionView): SessionView {
  return { ...view, status: statusForReading(view.status) };
}

/** Whether a link by passkey is under way, so that no QR code is shown. */
export function asksForPasskey(status: Pick<SessionStatusRecord, 'passkey'> | undefined): boolean {
  const stage = status?.passkey?.stage ?? null;
  return stage !== null && stage !== 'failed';
}

/** The status as every subscriber may see it. */
export function publicStatus(record: SessionStatusRecord): SessionStatus {
  return statusForReading(observed(record));
}

/** Older connectors wrote fewer fields. */
function observed(record: SessionStatusRecord): SessionStatus {
  return { ...NOTHING_OBSERVED, ...statusForControl(record) };
}

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
