import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { WabusError, type ErrorCode } from '@wabus/contracts';
import { Log, type Logger } from '@wabus/runtime';
import type { Response } from 'express';

/** The HTTP status of every error code. A new code does not compile without a status. */
export const HTTP_STATUS = {
  UNAUTHORIZED: 401,
  FORBIDDEN: 403,
  RATE_LIMITED: 429,
  INVALID_REQUEST: 400,
  INVALID_ARGUMENTS: 400,
  UNKNOWN_COMMAND: 404,
  UNKNOWN_EVENT: 400,
  UNKNOWN_SESSION: 404,
  SESSION_EXISTS: 409,
  SUBSCRIPTION_DIFFERS: 409,
  NOT_FOUND: 404,
  UNKNOWN_MEDIA: 404,
  MEDIA_GONE: 410,
  CONVERSION_UNAVAILABLE: 501,
  NO_OWNER: 503,
  NOT_CONNECTED: 503,
  NOT_PAIRED: 409,
  ALREADY_PAIRED: 409,
  QR_NOT_AVAILABLE: 404,
  PASSKEY_NOT_REQUESTED: 409,
  NOT_ON_WHATSAPP: 422,
  ACCOUNT_RESTRICTED: 409,
  TIMEOUT: 504,
  IDEMPOTENCY_KEY_REUSED: 422,
  OUTCOME_UNKNOWN: 409,
  PAYLOAD_TOO_LARGE: 413,
  LIMIT_REACHED: 429,
  SLOW_CONSUMER: 429,
  REFUSED_BY_WHATSAPP: 502,
  ADDRESS_UNKNOWN: 422,
  MESSAGE_UNKNOWN: 422,
  LID_REPLACED: 410,
  UNSUPPORTED_BY_WHATSAPP: 501,
  EGRESS_DENIED: 400,
  EGRESS_FAILED: 502,
  BROKER_UNAVAILABLE: 503,
  INTERNAL: 500
} as const satisfies Record<ErrorCode, number>;

/**
 * Converts anything thrown while a request is served into a `WabusError`. Errors of the web framework and its body parser are mapped by
 * status: 404 becomes `NOT_FOUND`, 413 `PAYLOAD_TOO_LARGE`, any other 4xx `INVALID_REQUEST`. All others become `INTERNAL`.
 */
export function toWabusError(thrown: unknown): WabusError {
  if (thrown instanceof WabusError) return thrown;
  const status = statusOf(thrown);
  if (status === 404) return new WabusError('NOT_FOUND', { cause: thrown });
  if (status === 413) return new WabusError('PAYLOAD_TOO_LARGE', { cause: thrown });
  if (status === 415)
    return new WabusError('INVALID_REQUEST', {
      message: 'The body must be JSON in UTF-8, either uncompressed or compressed with a supported method.',
      cause: thrown
    });
  if (status >= 400 && status < 500)
    return new WabusError('INVALID_REQUEST', { message: 'The address or the JSON body of the request cannot be parsed.', cause: thrown });
  return WabusError.from(thrown);
}

function statusOf(thrown: unknown): number {
  if (typeof thrown !== 'object' || thrown === null) return 500;
  const { status } = thrown as { status?: unknown };
  return typeof status === 'number' ? status : 500;
}

/**
 * Returns the error to respond with for anything thrown while a request is served. Internal errors are reported to `failed`. If the
 * response has already started, aborts it, so that the client does not consider it complete, and returns `null`.
 */
export function answerable(thrown: unknown, response: Response, failed: (err: unknown) => void): WabusError | null {
  const error = toWabusError(thrown);
  if (error.code === 'INTERNAL') failed(error.cause ?? error);
  if (!response.headersSent) return error;
  response.destroy();
  return null;
}

/** Formats every error of every route, including routes that do not exist, as `{ok: false, error}` with the status of its code. */
@Catch()
export class WabusErrorFilter implements ExceptionFilter {
  private readonly logger: Logger;

  constructor(log: Log) {
    this.logger = log.for('http');
  }

  catch(thrown: unknown, host: ArgumentsHost): void {
    const response = host.switchToHttp().getResponse<Response>();
    const error = answerable(thrown, response, err => this.logger.error({ err }, 'request failed'));
    if (error === null) return;
    const status = HTTP_STATUS[error.code];
    if (status === 401) response.setHeader('WWW-Authenticate', 'Bearer');
    const wait = retryAfterSeconds(error);
    if (wait !== null) response.setHeader('Retry-After', String(wait));
    response.status(status).json({ ok: false, error: error.toBody() });
  }
}

/** Returns the delay in s before a retry, from the error or by default. Returns `null` if a retry is not advisable. */
export function retryAfterSeconds(error: WabusError): number | null {
  return statedWaitSeconds(error) ?? (HTTP_STATUS[error.code] === 503 && error.retryable ? 1 : null);
}

/** Returns the delay in s before a retry if the error contains one, or `null`. */
export function statedWaitSeconds({ details }: WabusError): number | null {
  const { retryAfterMs } = details ?? {};
  return typeof retryAfterMs === 'number' ? Math.max(1, Math.ceil(retryAfterMs / 1_000)) : null;
}
