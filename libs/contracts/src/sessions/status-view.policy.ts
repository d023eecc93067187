import type { SessionStatus, SessionStatusRecord } from './session-status.js';

/** What those may see who may control the session: all but the codes that link an account, which have commands of their own. */
export function statusForControl({
  qr: _qr,
  pairingCode: _pairingCode,
  passkeyLinks: _links,
  recordAt: _recordAt,
  ...status
}: SessionStatusRecord): SessionStatus {
  return status;
}

/** What everybody may see who may read the session, and what events carry: of a passkey link only its stage, and no token for an appeal. */
export function statusForReading({ appeal: _appeal, ...status }: SessionStatus): SessionStatus {
  const stage = status.passkey?.stage ?? null;
  return { ...status, passkey: stage && { stage } };
}
