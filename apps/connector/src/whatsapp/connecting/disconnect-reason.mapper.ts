import { Boom } from '@hapi/boom';
import type { UnacknowledgedStanza } from '@wabus/contracts';
import { readLoginRefusal } from './login-refusal.codec.js';
import { ProxyError } from './proxy-tunnel.js';
import type { DisconnectReasonName, SocketClosed } from '../disconnect-reason.table.js';

/** What else is known when a socket closes. */
export interface ClosingCircumstances {
  /** The passkey link had failed or was given up, and we closed the connection. */
  readonly passkeyOver: boolean;
  /** The backlog did not end in time, and we closed the connection. */
  readonly backlogStalled?: boolean;
  /** How far the QR codes had come when the connection closed. */
  readonly qrCodes: 'none' | 'shown' | 'last-shown' | 'used-up';
  /** The HTTP status that answered the request to open a WebSocket, when it was refused. */
  readonly httpStatus: number | null;
  /** Login or QR code had come before: the handshake was complete. */
  readonly handshakeDone: boolean;
}

/** Codes of a `<failure>` that mean something else there, or nothing elsewhere. As whatsmeow (`events.go`) names them; 429 by whatsapp-rust PR 353. */
const REASON_BY_FAILURE: Readonly<Record<number, DisconnectReasonName>> = {
  402: 'temporarily-banned',
  406: 'banned',
  409: 'client-refused',
  415: 'client-refused',
  418: 'client-refused',
  // Transient: whatsmeow and whatsapp-rust connect again.
  500: 'unavailable'
};

/** Codes that mean one thing in every situation: `DisconnectReason` of Baileys, 405 as whatsmeow knows it, 429 as whatsapp-rust does. */
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

/** Baileys' error of a closed connection, as one of our reasons. Anything may have been thrown: what is not understood is `connection-failed`. */
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

/** Baileys hands over the attributes of a `<failure>` where it hands over the stanza of anything else. */
function failureAttributes(data: unknown): Readonly<Record<string, unknown>> | null {
  return typeof data === 'object' && data !== null && 'reason' in data && !(data instanceof Error) ? data : null;
}

function reasonOf(code: number, data: unknown, circumstances: ClosingCircumstances): DisconnectReasonName {
  if (code === 408) {
    if (circumstances.qrCodes === 'used-up') return 'qr-expired';
    if (isSystemError(data)) return 'unreachable';
    return circumstances.handshakeDone ? 'connection-lost' : 'timed-out';
  }
  // WhatsApp closes the connection of a device that nobody links while its last QR code is shown.
  if (code === 428 && (circumstances.qrCodes === 'last-shown' || circumstances.qrCodes === 'used-up')) return 'qr-expired';
  // Baileys throws 400 without data when the Noise handshake fails; a 400 of the server has the stanza.
  if (code === 400) return circumstances.handshakeDone || data ? 'connection-failed' : 'server-not-trusted';
  if (code === 500) return hasServerCode(data) ? 'bad-session' : isSystemError(data) ? 'unreachable' : 'protocol-error';
  return REASON_BY_CODE[code] ?? 'connection-failed';
}

/** The stanza that `<stream:error><ack class id/></stream:error>` names: WhatsApp counts it as not acknowledged (WAHA 2151). */
function unacknowledgedStanza(data: unknown): UnacknowledgedStanza | null {
  if (typeof data !== 'object' || data === null) return null;
  const { tag, attrs } = data as { tag?: unknown; attrs?: Readonly<Record<string, string>> };
  return tag === 'ack' ? { class: attrs?.['class'] ?? '', id: attrs?.['id'] ?? '' } : null;
}

/** `ECONNREFUSED` and its like, which Baileys attaches to the error it makes of a WebSocket error. */
function isSystemError(data: unknown): boolean {
  return data instanceof Error && typeof (data as NodeJS.ErrnoException).code === 'string';
}

/** Whether 500 was said by the server in `<stream:error code>`, and is not what Baileys puts where there is no code. */
function hasServerCode(data: unknown): boolean {
  if (typeof data !== 'object' || data === null) return false;
  const { attrs } = data as { attrs?: { code?: unknown } };
  return attrs?.code === '500';
}
