import { Boom } from '@hapi/boom';
import type { UnacknowledgedStanza } from '@wabus/contracts';
import { readLoginRefusal } from './login-refusal.codec.js';
import { ProxyError } from './proxy-tunnel.js';
import type { DisconnectReasonName, SocketClosed } from '../disconnect-reason.table.js';

/** The circumstances in which a socket closed, apart from its error. */
export interface ClosingCircumstances {
  /** The passkey link had failed or was canceled, and this side closed the connection. */
  readonly passkeyOver: boolean;
  /** The backlog did not end in time, and this side closed the connection. */
  readonly backlogStalled?: boolean;
  /** The progress of the QR codes when the connection closed. */
  readonly qrCodes: 'none' | 'shown' | 'last-shown' | 'used-up';
  /** The HTTP status with which the WebSocket was refused; `null` if it was not. */
  readonly httpStatus: number | null;
  /** Whether the handshake was complete, which a QR code or a login shows. */
  readonly handshakeDone: boolean;
}

/** Codes that only `<failure>` uses, or that have a different meaning there, as named by whatsmeow (`events.go`); 429 by whatsapp-rust PR 353. */
const REASON_BY_FAILURE: Readonly<Record<number, DisconnectReasonName>> = {
  402: 'temporarily-banned',
  406: 'banned',
  409: 'client-refused',
  415: 'client-refused',
  418: 'client-refused',
  // Transient: whatsmeow and whatsapp-rust reconnect.
  500: 'unavailable'
};

/** Codes that have one meaning in every situation: from Baileys' `DisconnectReason`, except for 405 (whatsmeow) and 429 (whatsapp-rust). */
const REASON_BY_CODE: Readonly<Record<number, DisconnectReasonName>> = {
  401: 'logged-out',
  403: 'forbidden',
  405: 'client-outdated',
  411: 'device-mismatch',
  428: 'connection-closed',
  429: 'rate-limited',
  440: 'replaced',
  503: 'unavailable',
  515: 'restart-required'
};

/** Maps Baileys' error of a closed connection to a reason. The error can be any thrown value; an unknown one becomes `connection-failed`. */
export function mapDisconnect(error: unknown, circumstances: ClosingCircumstances): SocketClosed {
  if (circumstances.httpStatus !== null) return { reason: 'http-refused', code: circumstances.httpStatus };
  if (circumstances.passkeyOver) return { reason: 'passkey-ended', code: null };
  if (circumstances.backlogStalled) return { reason: 'backlog-stalled', code: null };
  if (error === undefined || error === null) return { reason: 'connection-closed', code: null };
  if (!(error instanceof Boom)) return { reason: 'connection-failed', code: null };
  if (error.data instanceof ProxyError) return { reason: 'proxy-failed', code: error.data.status };
  const code = error.output.statusCode;
  const unacknowledged = unacknowledgedStanza(error.data);
  if (unacknowledged) return { reason: 'unacknowledged-stanza', code, unacknowledged };
  const failure = failureAttributes(error.data);
  if (failure === null) return { reason: reasonOf(code, error.data, circumstances), code };
  const reason = REASON_BY_FAILURE[code] ?? reasonOf(code, error.data, circumstances);
  const refusal = readLoginRefusal(failure, Date.now());
  return refusal === null ? { reason, code } : { reason, code, refusal };
}

/** Returns the attributes of a `<failure>`, which Baileys passes as `data`; for any other stanza, it passes the stanza itself. */
function failureAttributes(data: unknown): Readonly<Record<string, unknown>> | null {
  return typeof data === 'object' && data !== null && 'reason' in data && !(data instanceof Error) ? data : null;
}

function reasonOf(code: number, data: unknown, circumstances: ClosingCircumstances): DisconnectReasonName {
  if (code === 408) {
    if (circumstances.qrCodes === 'used-up') return 'qr-expired';
    if (isSystemError(data)) return 'unreachable';
    return circumstances.handshakeDone ? 'connection-lost' : 'timed-out';
  }
  // If nobody scans the QR codes, WhatsApp closes the connection while the last one is shown.
  if (code === 428 && (circumstances.qrCodes === 'last-shown' || circumstances.qrCodes === 'used-up')) return 'qr-expired';
  // Baileys throws 400 without data if the Noise handshake fails; a 400 from the server has the stanza as its data.
  if (code === 400) return circumstances.handshakeDone || data ? 'connection-failed' : 'server-not-trusted';
  if (code === 500) return hasServerCode(data) ? 'bad-session' : isSystemError(data) ? 'unreachable' : 'protocol-error';
  return REASON_BY_CODE[code] ?? 'connection-failed';
}

/** Returns the stanza in `<stream:error><ack class id/></stream:error>`, which WhatsApp considers unacknowledged (WAHA 2151). */
function unacknowledgedStanza(data: unknown): UnacknowledgedStanza | null {
  if (typeof data !== 'object' || data === null) return null;
  const { tag, attrs } = data as { tag?: unknown; attrs?: Readonly<Record<string, string>> };
  return tag === 'ack' ? { class: attrs?.['class'] ?? '', id: attrs?.['id'] ?? '' } : null;
}

/** Whether the data is a system error such as `ECONNREFUSED`, which Baileys attaches to the error that it makes from a WebSocket error. */
function isSystemError(data: unknown): boolean {
  return data instanceof Error && typeof (data as NodeJS.ErrnoException).code === 'string';
}

/** Whether the server sent 500 in `<stream:error code>`; otherwise 500 is Baileys' default for a missing code. */
function hasServerCode(data: unknown): boolean {
  if (typeof data !== 'object' || data === null) return false;
  const { attrs } = data as { attrs?: { code?: unknown } };
  return attrs?.code === '500';
}
