import { WabusError, type SessionStatusRecord } from '@wabus/contracts';

export interface VisibleQr {
  readonly text: string;
  readonly attempt: number;
  readonly ttlMs: number;
}

/** The QR code a session shows now. Throws `ALREADY_PAIRED` when it is linked, `QR_NOT_AVAILABLE` when there is none or it has expired. */
export function visibleQr(status: SessionStatusRecord | undefined, now: Date): VisibleQr {
  if (status?.account) throw new WabusError('ALREADY_PAIRED');
  const ttlMs = status?.qr ? Date.parse(status.qr.expiresAt) - now.getTime() : 0;
  if (status?.state !== 'pairing' || !status.qr || !(ttlMs > 0)) {
    throw new WabusError('QR_NOT_AVAILABLE', { details: { state: status?.state ?? null } });
  }
  return { text: status.qr.text, attempt: status.qr.attempt, ttlMs };
}
