import type { SessionRecord, SessionState, SessionStatus, SessionStatusRecord, SessionView } from '@wabus/contracts';

/** A session as clients see it. Codes to link an account are left out. A session that no owner has reported on yet is `starting`, or `stopped` when it need not run. */
export function viewOf(record: SessionRecord, status: SessionStatusRecord | undefined): SessionView {
  return {
    session: record.session,
    desired: record.desired,
    createdAt: record.createdAt,
    status: status ? publicStatus(status) : initialStatus(record)
  };
}

export function stateOf(record: SessionRecord, status: SessionStatusRecord | undefined): SessionState {
  return status?.state ?? (record.desired === 'running' ? 'starting' : 'stopped');
}

function initialStatus(record: SessionRecord): SessionStatus {
  return {
    session: record.session,
    state: stateOf(record, undefined),
    connector: null,
    epoch: 0,
    account: null,
    lastDisconnect: null,
    updatedAt: record.updatedAt
  };
}

function publicStatus({ session, state, connector, epoch, account, lastDisconnect, updatedAt }: SessionStatusRecord): SessionStatus {
  return { session, state, connector, epoch, account, lastDisconnect, updatedAt };
}
