import { Boom } from '@hapi/boom';
import { WabusError } from '@wabus/contracts';
import { LeaseLostError } from '../../ownership/session-lease.js';
import { ackCode, messageRefusal } from './message-refusal.table.js';

const TOO_FAST = 429;

/** Arguments whose inside is Baileys' business: nobody checks all of it before Baileys takes it apart. */
const FREE_ARGUMENTS: Readonly<Record<string, readonly string[]>> = {
  sendMessage: ['content'],
  relayMessage: ['message', 'options'],
  updateMediaMessage: ['message'],
  downloadMedia: ['message']
};

/** Commands for which Baileys takes the community out of WhatsApp's answer, without looking whether it is there. */
const READ_A_COMMUNITY: ReadonlySet<string> = new Set(['communityMetadata', 'communityUpdateDescription']);

/**
 * Whatever a method of a Baileys socket was rejected with, as an error of ours. `BROKER_UNAVAILABLE` of the auth state passes through. With the name of a command whose
 * arguments are not checked to the last, what Baileys cannot take apart is `INVALID_ARGUMENTS`.
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
  // A query that waits when the connection ends is rejected with the bare close code of the WebSocket.
  if (typeof thrown === 'number') return connectionEnded(thrown);
  // The operating system's error for a socket that is gone means the same.
  if (thrown instanceof Error && 'syscall' in thrown) return connectionEnded(thrown);
  // Another connector has the session, and this connection is about to end.
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

/** The answer to a query; 429 (`rate-overlimit`) with a wait. */
export function refusedByWhatsApp(statusCode: number, cause?: unknown): WabusError {
  const waits = statusCode === TOO_FAST ? messageRefusal(TOO_FAST) : null;
  return new WabusError('REFUSED_BY_WHATSAPP', {
    details: { statusCode, ...(waits && { retryAfterMs: waits.waitMs }) },
    retryable: waits?.retryable,
    cause
  });
}

/** The `error` in the ack of a message. */
export function messageRefused(error: string): WabusError {
  const statusCode = ackCode(error);
  const { retryable, waitMs } = messageRefusal(statusCode);
  return new WabusError('REFUSED_BY_WHATSAPP', {
    details: { statusCode, ...(waitMs !== null && { retryAfterMs: waitMs }) },
    retryable
  });
}

/**
 * The error of a command whose connection may have ended under it: what is left of the socket fails in ways of its own (`ws` throws a plain error while it closes, Baileys can encrypt for
 * nobody), which says nothing about the command.
 */
export function whileConnected(error: WabusError, connected: boolean): WabusError {
  return error.code === 'INTERNAL' && !connected ? connectionEnded(error.cause) : error;
}

/** The error of a message that has not left the connector: nothing was sent, whatever stopped it. */
export function notLeft(error: WabusError, connected: boolean): WabusError {
  if (error.code !== 'TIMEOUT') return WabusError.beforeEffect(error);
  if (!connected) return new WabusError('NOT_CONNECTED', { cause: error });
  return new WabusError('TIMEOUT', { message: 'The message could not be sent in time. Nothing was sent.', certain: true, cause: error });
}

/** The connection ended while something waited for WhatsApp's answer. */
export function connectionEnded(cause?: unknown): WabusError {
  return new WabusError('TIMEOUT', {
    message: 'The connection to WhatsApp ended before WhatsApp answered. The command may have run.',
    cause
  });
}
