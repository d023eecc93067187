import { Boom } from '@hapi/boom';
import { WabusError } from '@wabus/contracts';
import { LeaseLostError } from '../../ownership/session-lease.js';
import { ackCode, messageRefusal } from './message-refusal.table.js';

const TOO_FAST = 429;

/** Arguments whose content is not completely validated before Baileys processes it. */
const FREE_ARGUMENTS: Readonly<Record<string, readonly string[]>> = {
  sendMessage: ['content'],
  relayMessage: ['message', 'options'],
  updateMediaMessage: ['message'],
  downloadMedia: ['message']
};

/** Commands for which Baileys reads the community from WhatsApp's answer without checking whether it exists. */
const READ_A_COMMUNITY: ReadonlySet<string> = new Set(['communityMetadata', 'communityUpdateDescription']);

/**
 * Maps any value with which a Baileys socket method rejected to a `WabusError`. `BROKER_UNAVAILABLE` from the auth state passes unchanged. For a command whose
 * arguments are not completely validated, arguments that Baileys cannot process become `INVALID_ARGUMENTS`.
 */
export function mapWhatsAppError(thrown: unknown, command = ''): WabusError {
  if (thrown instanceof WabusError) return thrown;
  const free = FREE_ARGUMENTS[command];
  if (free && (thrown instanceof TypeError || thrown instanceof RangeError)) return unusable(free, thrown);
  if (READ_A_COMMUNITY.has(command) && thrown instanceof TypeError)
    return new WabusError('INVALID_REQUEST', {
      message: 'WhatsApp returned no community: this jid belongs to a group.',
      cause: thrown
    });
  // If the connection ends, a pending query rejects with the bare close code of the WebSocket.
  if (typeof thrown === 'number') return connectionEnded(thrown);
  // The operating system's error for a closed socket means the same.
  if (thrown instanceof Error && 'syscall' in thrown) return connectionEnded(thrown);
  // Another connector owns the session, and this connection is about to end.
  if (thrown instanceof LeaseLostError) return connectionEnded(thrown);
  if (!(thrown instanceof Boom)) return new WabusError('INTERNAL', { cause: thrown });
  // The code of an `<error>` in the answer to a query is in `data`.
  if (typeof thrown.data === 'number') return refusedByWhatsApp(thrown.data, thrown);
  // A GraphQL query puts its first error there too, and the status is the code.
  if (isGraphQlError(thrown.data)) return refusedByWhatsApp(thrown.output.statusCode, thrown);
  switch (thrown.output.statusCode) {
    case 408:
      return new WabusError('TIMEOUT', { cause: thrown });
    case 428:
      return new WabusError('NOT_CONNECTED', { cause: thrown });
    case 400:
    case 404:
    case 406:
      return new WabusError('INVALID_REQUEST', { message: thrown.message, cause: thrown });
    default:
      return new WabusError('INTERNAL', { cause: thrown });
  }
}

function unusable(fields: readonly string[], cause: Error): WabusError {
  const what = 'lacks a field, or has a value in a form that WhatsApp does not use';
  return new WabusError('INVALID_ARGUMENTS', {
    message: `${fields.join(' or ')} ${what}.`,
    details: { fields: Object.fromEntries(fields.map(field => [field, [`${field} ${what}`]])) },
    cause
  });
}

function isGraphQlError(data: unknown): boolean {
  return typeof data === 'object' && data !== null && 'message' in data && 'extensions' in data;
}

/** Returns the error for a refused query; 429 (`rate-overlimit`) includes a wait. */
export function refusedByWhatsApp(statusCode: number, cause?: unknown): WabusError {
  const waits = statusCode === TOO_FAST ? messageRefusal(TOO_FAST) : null;
  return new WabusError('REFUSED_BY_WHATSAPP', {
    details: { statusCode, ...(waits && { retryAfterMs: waits.waitMs }) },
    retryable: waits?.retryable,
    cause
  });
}

/** Returns the error for the `error` in the ack of a message. */
export function messageRefused(error: string): WabusError {
  const statusCode = ackCode(error);
  const { retryable, waitMs } = messageRefusal(statusCode);
  return new WabusError('REFUSED_BY_WHATSAPP', {
    details: { statusCode, ...(waitMs !== null && { retryAfterMs: waitMs }) },
    retryable
  });
}

/**
 * Returns the error of a command whose connection may have ended during it. A closing socket fails in ways that are unrelated to the command: `ws` throws a
 * plain error while it closes, and Baileys cannot encrypt for any device.
 */
export function whileConnected(error: WabusError, connected: boolean): WabusError {
  return error.code === 'INTERNAL' && !connected ? connectionEnded(error.cause) : error;
}

/** Returns the error of a message that has not left the connector, so that nothing was sent, whatever the cause. */
export function notLeft(error: WabusError, connected: boolean): WabusError {
  if (error.code !== 'TIMEOUT') return WabusError.beforeEffect(error);
  if (!connected) return new WabusError('NOT_CONNECTED', { cause: error });
  return new WabusError('TIMEOUT', { message: 'The message could not be sent in time. Nothing was sent.', certain: true, cause: error });
}

/** Returns the error for a connection that ended before WhatsApp answered. */
export function connectionEnded(cause?: unknown): WabusError {
  return new WabusError('TIMEOUT', {
    message: 'The connection to WhatsApp ended before WhatsApp answered. The command may have run.',
    cause
  });
}
