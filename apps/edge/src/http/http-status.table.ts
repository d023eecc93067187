import type { ErrorCode } from '@wabus/contracts';

/** The HTTP status of every error code. A new code does not compile until it has one. */
export const HTTP_STATUS = {
  UNAUTHORIZED: 401,
  FORBIDDEN: 403,
  INVALID_REQUEST: 400,
  INVALID_ARGUMENTS: 400,
  UNKNOWN_COMMAND: 404,
  UNKNOWN_EVENT: 400,
  UNKNOWN_SESSION: 404,
  SESSION_EXISTS: 409,
  NOT_FOUND: 404,
  NO_OWNER: 503,
  NOT_CONNECTED: 503,
  NOT_PAIRED: 409,
  ALREADY_PAIRED: 409,
  QR_NOT_AVAILABLE: 404,
  TIMEOUT: 504,
  PAYLOAD_TOO_LARGE: 413,
  REFUSED_BY_WHATSAPP: 502,
  UNSUPPORTED_BY_WHATSAPP: 501,
  BROKER_UNAVAILABLE: 503,
  INTERNAL: 500
} as const satisfies Record<ErrorCode, number>;
