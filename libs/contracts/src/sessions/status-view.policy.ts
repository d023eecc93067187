import type { SessionStatus, SessionStatusRecord } from './session-status.js';

/** Returns the part of a status for callers with the scope `control`: everything except the codes that link an account, which have commands of their own. */
export function statusForControl({
  qr: _qr,
  pairingCode: _pairingCode,
  passkeyLinks: _links,
  recordAt: _recordAt,
  ...status
}: SessionStatusRecord): SessionStatus {
  return status;
}

/** Returns the part of a status for all callers with access to the session, and for events: only the stage of a passkey link, and no token for an appeal. */
export function statusForReading({ appeal: _appeal, ...status }: SessionStatus): SessionStatus {
  const stage = status.passkey?.stage ?? null;
  return { ...status, passkey: stage && { stage } };
}
