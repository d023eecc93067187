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
    status: status ? publicStatus(status) : initialStatus(record),
    ...(record.desired === 'deleted' ? { deletion: deletionOf(record, status) } : {})
  };
}

/** What the deletion of a session waits for. */
function deletionOf({ erased }: SessionRecord, status: SessionStatusRecord | undefined): NonNullable<SessionView['deletion']> {
  if (erased) return { step: 'edge', waitsFor: 'Edges erase what they keep of the session.' };
  const owner = status?.connector ?? null;
  const waitsFor =
    owner === null
      ? 'No connector has the session at the moment. One that runs unlinks it and erases its credentials and events; until then nothing is erased, and the name is not free.'
      : `Connector ${owner} unlinks the session and erases its credentials and events.`;
  return { step: 'connector', waitsFor };
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

/** The same for somebody who may not control the session: of a link by passkey they see how far it is. */
export function glimpseOf(view: SessionView): SessionView {
  const stage = view.status.passkey?.stage ?? null;
  return { ...view, status: { ...view.status, passkey: stage && { stage } } };
}

/** Whether a link by passkey is under way, so that no QR code is shown. */
export function asksForPasskey(status: Pick<SessionStatusRecord, 'passkey'> | undefined): boolean {
  const stage = status?.passkey?.stage ?? null;
  return stage !== null && stage !== 'failed';
}

/** The status without the codes that link an account. */
export function publicStatus(record: SessionStatusRecord): SessionStatus {
  const { qr: _qr, pairingCode: _pairingCode, passkeyLinks: _links, recordAt: _recordAt, ...status } = record;
  return { ...NOTHING_OBSERVED, ...status };
}
