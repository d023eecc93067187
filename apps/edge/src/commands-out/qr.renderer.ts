import { WabusError, type QrFormat, type SessionState, type SessionStatusRecord } from '@wabus/contracts';
import { toDataURL, toString as toText } from 'qrcode';
import { asksForPasskey } from './session-view.policy.js';
import { qrLeftMs } from './qr-lifetime.policy.js';

/** States in which a QR code never appears, and the remedy. */
const NEVER: Partial<Record<SessionState, string>> = {
  stopped: 'The session is stopped and shows no QR code. Start it.',
  'logged-out': 'The session is logged out, or nobody scanned its QR codes in time. Start it to show new ones.',
  failed: 'The session has failed and shows no QR code. Its status says why; restart it.',
  open: 'The session is linked and shows no QR code.'
};

export interface VisibleQr {
  readonly text: string;
  readonly attempt: number;
  readonly ttlMs: number;
}

/**
 * Returns the QR code that a session shows now. Throws `ALREADY_PAIRED` if it is linked, and `QR_NOT_AVAILABLE` if there is no code, the
 * code has expired, or a passkey is requested.
 */
export function visibleQr(status: SessionStatusRecord | undefined, now: Date): VisibleQr {
  if (status?.account) throw new WabusError('ALREADY_PAIRED');
  const ttlMs = status?.qr ? qrLeftMs(status.qr, now.getTime()) : 0;
  if (status?.state !== 'pairing' || !status.qr || !(ttlMs > 0)) {
    const details = { state: status?.state ?? null };
    if (asksForPasskey(status)) {
      throw new WabusError('QR_NOT_AVAILABLE', {
        message: "WhatsApp is asking for the account's passkey, so no QR code is shown until the passkey link is finished or canceled.",
        details: { ...details, passkey: true }
      });
    }
    const never = status && NEVER[status.state];
    throw new WabusError('QR_NOT_AVAILABLE', {
      details,
      ...(never === undefined
        ? { message: 'The session is not showing a QR code yet. Try again in a moment.' }
        : { message: never, retryable: false })
    });
  }
  return { text: status.qr.text, attempt: status.qr.attempt, ttlMs };
}

/** Renders a QR text in one of the formats: the text itself, an SVG document, a PNG as a data URL, or colored half blocks for a terminal. */
export async function renderQr(text: string, format: QrFormat): Promise<string> {
  switch (format) {
    case 'raw':
      return text;
    case 'svg':
      return toText(text, { type: 'svg' });
    case 'png':
      return toDataURL(text, { type: 'image/png', scale: 6 });
    case 'terminal':
      return toText(text, { type: 'terminal', small: true });
  }
}
