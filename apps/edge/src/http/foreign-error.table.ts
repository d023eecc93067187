import { WabusError } from '@wabus/contracts';

/**
 * Anything thrown while a request is served, as our error. Errors of the web framework and its body parser are told by their status:
 * 404 becomes `NOT_FOUND`, 413 `PAYLOAD_TOO_LARGE`, any other 4xx `INVALID_REQUEST`; all else is `INTERNAL`.
 */
export function toWabusError(thrown: unknown): WabusError {
  if (thrown instanceof WabusError) return thrown;
  const status = statusOf(thrown);
  if (status === 404) return new WabusError('NOT_FOUND', { cause: thrown });
  if (status === 413) return new WabusError('PAYLOAD_TOO_LARGE', { cause: thrown });
  if (status === 415)
    return new WabusError('INVALID_REQUEST', {
      message: 'The body must be JSON in UTF-8, not compressed in an unknown way.',
      cause: thrown
    });
  if (status >= 400 && status < 500)
    return new WabusError('INVALID_REQUEST', { message: 'The address or the JSON body of the request cannot be read.', cause: thrown });
  return WabusError.from(thrown);
}

function statusOf(thrown: unknown): number {
  if (typeof thrown !== 'object' || thrown === null) return 500;
  const { status } = thrown as { status?: unknown };
  return typeof status === 'number' ? status : 500;
}
