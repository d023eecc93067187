import { ERROR_CODES, type ErrorCode } from '../errors/error-codes.js';
import { schemaRef, type JsonSchema } from './async-api.types.js';

type StatusTable = Readonly<Record<ErrorCode, number>>;

/** Returns the error responses of an operation that can fail with these codes: one response for each HTTP status. */
export function refusalsWith(codes: readonly ErrorCode[], httpStatus: StatusTable): Record<string, JsonSchema> {
  return Object.fromEntries(
    [...new Set(codes.map(code => httpStatus[code]))].sort().map(status => [status, { $ref: `#/components/responses/Refused${status}` }])
  );
}

/** Returns the responses to which those of `refusalsWith` refer. */
export function refusalResponses(httpStatus: StatusTable): Record<string, unknown> {
  const codes = Object.keys(ERROR_CODES) as ErrorCode[];
  const statuses = [...new Set(codes.map(code => httpStatus[code]))].sort();
  return Object.fromEntries(
    statuses.map(status => {
      const of = codes.filter(code => httpStatus[code] === status);
      const { retryable, certain, meaning } = ERROR_CODES[of[0]!];
      const example = { ok: false, error: { code: of[0], message: meaning, retryable, certain } };
      const description = of.map(code => `\`${code}\`: ${ERROR_CODES[code].meaning}`).join('\n\n');
      return [`Refused${status}`, { description, content: { 'application/json': { schema: schemaRef('Refusal'), example } } }];
    })
  );
}
