import { WabusError, type ClientErrorCode, type ErrorCode } from '@wabus/sdk';

export type AnyErrorCode = ErrorCode | ClientErrorCode;

/** Converts a thrown value to an error with a code. Errors that did not come from the edge, such as a bug of this page, become `INTERNAL`. */
export function errorFrom(thrown: unknown): WabusError {
  return WabusError.from(thrown);
}

/** The error for a request without a response, which the edge may or may not have received. */
export function unreachable(cause: unknown): WabusError {
  return new WabusError('UNREACHABLE', { cause });
}
