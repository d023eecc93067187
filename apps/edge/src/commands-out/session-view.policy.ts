import {
  NOTHING_OBSERVED,
  type SessionRecord,
  type SessionState,
  type SessionStatus,
  type SessionStatusRecord,
  type SessionView
} from '@wabus/contracts';

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
    ...NOTHING_OBSERVED,
    session: record.session,
    state: stateOf(record, undefined),
    connector: null,
    epoch: 0,
    updatedAt: record.updatedAt
  };
}

/** The status without the codes that link an account. */
export function publicStatus({ qr: _qr, pairingCode: _pairingCode, recordAt: _recordAt, ...status }: SessionStatusRecord): SessionStatus {
  return { ...NOTHING_OBSERVED, ...status };
}
