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

/**
 * Returns a session as clients see it, without codes that link an account. A session on which no owner has reported yet is `starting`, or
 * `stopped` if it is not requested to run.
 */
export function sessionViewOf(record: SessionRecord, status: SessionStatusRecord | undefined): SessionView {
  return {
    session: record.session,
    desired: record.desired,
    createdAt: record.createdAt,
    status: status ? observed(status) : initialStatus(record),
    ...(record.desired === 'deleted' ? { deletion: deletionOf(record, status) } : {})
  };
}

/** Returns what the deletion of a session waits for. */
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

/** Returns the view for a principal that may not control the session. It shows the progress of a passkey link, but no token for an appeal. */
export function glimpseOf(view: SessionView): SessionView {
  return { ...view, status: statusForReading(view.status) };
}

/** Returns whether a passkey link is in progress, in which case no QR code is shown. */
export function asksForPasskey(status: Pick<SessionStatusRecord, 'passkey'> | undefined): boolean {
  const stage = status?.passkey?.stage ?? null;
  return stage !== null && stage !== 'failed';
}

/** Returns the status as every subscriber may see it. */
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
 * Returns the record after a lifecycle command, or the same object if nothing changes. A session that is being deleted remains so. `state`
 * is the observed state: starting a session that WhatsApp logged out, or that failed, requests a new attempt by a higher generation.
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
      // A logout in progress ends without a socket anyway, and `stopped` would cancel it.
      return record.desired === 'running' ? edit({ desired: 'stopped' }) : record;
    case 'restartSession':
      return edit(next);
    case 'logoutSession':
      return record.desired === 'logged-out' ? record : edit({ desired: 'logged-out' });
    case 'deleteSession':
      return edit({ desired: 'deleted' });
  }
}
