import { Boom } from '@hapi/boom';
import { WabusError } from '@wabus/contracts';

/** Whatever a method of a Baileys socket was rejected with, as an error of ours. `BROKER_UNAVAILABLE` of the auth state passes through. */
export function mapWhatsAppError(thrown: unknown): WabusError {
  if (thrown instanceof WabusError) return thrown;
  // A query that waits when the connection ends is rejected with the bare close code of the WebSocket.
  if (typeof thrown === 'number') return connectionEnded(thrown);
  if (!(thrown instanceof Boom)) return new WabusError('INTERNAL', { cause: thrown });
  // The code of an `<error>` in the answer to a query is in `data`.
  if (typeof thrown.data === 'number') return refusedByWhatsApp(thrown.data, thrown);
  // So is the first error of a query in GraphQL, whose code is the status then.
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

function isGraphQlError(data: unknown): boolean {
  return typeof data === 'object' && data !== null && 'message' in data && 'extensions' in data;
}

export function refusedByWhatsApp(statusCode: number, cause?: unknown): WabusError {
  return new WabusError('REFUSED_BY_WHATSAPP', { details: { statusCode }, cause });
}

/** The connection ended while something waited for WhatsApp's answer. */
export function connectionEnded(cause?: unknown): WabusError {
  return new WabusError('TIMEOUT', {
    message: 'The connection to WhatsApp ended before it answered. The command may still have been carried out.',
    cause
  });
}
