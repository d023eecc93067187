import { WabusError, type ClientErrorCode, type ErrorCode } from '@wabus/sdk';

export type AnyErrorCode = ErrorCode | ClientErrorCode;

/** What was thrown as an error with a code. Errors that are no answer of the edge (a bug of this page, say) become `INTERNAL`. */
export function errorFrom(thrown: unknown): WabusError {
  return WabusError.from(thrown);
}

/** No answer came: nobody knows whether the request arrived. */
export function unreachable(cause: unknown): WabusError {
  return new WabusError('UNREACHABLE', { cause });
}
