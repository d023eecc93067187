import { randomBytes } from 'node:crypto';
import { WabusError, type ErrorCode } from '@wabus/contracts';

/** An error as programs written for Meta see it. They decide by `code`. */
export interface CloudFailure {
  readonly status: number;
  readonly code: number;
  readonly subcode?: number;
  readonly title: string;
}

const row = (status: number, code: number, title: string, subcode?: number): CloudFailure => ({
  status,
  code,
  title,
  ...(subcode === undefined ? {} : { subcode })
});

/** Meta's page "WhatsApp error codes" (18 June 2026), and "Error handling" of the Graph API for those below 1000. */
export const CLOUD_FAILURES = {
  token: row(401, 190, 'Invalid OAuth access token'),
  permission: row(403, 10, 'Application does not have permission for this action'),
  object: row(400, 100, 'Unsupported request. Object does not exist, or cannot be loaded due to missing permissions', 33),
  parameter: row(400, 100, 'Invalid parameter'),
  path: row(400, 2500, 'Unknown path components'),
  unregistered: row(400, 133010, 'Phone number not registered'),
  missing: row(400, 131008, 'Required parameter is missing'),
  value: row(400, 131009, 'Parameter value is not valid'),
  undeliverable: row(400, 131026, 'Message undeliverable'),
  restricted: row(400, 131048, 'Spam rate limit hit'),
  unsupported: row(400, 131051, 'Unsupported message type'),
  upload: row(400, 131053, 'Media upload error'),
  download: row(400, 131052, 'Media download error'),
  template: row(400, 132001, 'Template name does not exist in the translation'),
  rate: row(429, 130429, 'Rate limit hit'),
  unavailable: row(503, 131016, 'Service unavailable'),
  other: row(500, 131000, 'Something went wrong')
} as const satisfies Record<string, CloudFailure>;

const F = CLOUD_FAILURES;

/** The failure for each error code of Wabus. A new code does not compile until it has one. */
const BY_CODE: Record<ErrorCode, CloudFailure> = {
  UNAUTHORIZED: F.token,
  FORBIDDEN: F.permission,
  RATE_LIMITED: F.rate,
  INVALID_REQUEST: F.parameter,
  INVALID_ARGUMENTS: F.parameter,
  UNKNOWN_COMMAND: F.other,
  UNKNOWN_EVENT: F.other,
  UNKNOWN_SESSION: F.object,
  SESSION_EXISTS: F.other,
  SUBSCRIPTION_DIFFERS: F.other,
  NOT_FOUND: F.object,
  UNKNOWN_MEDIA: F.object,
  MEDIA_GONE: F.download,
  CONVERSION_UNAVAILABLE: F.upload,
  NO_OWNER: F.unavailable,
  NOT_CONNECTED: F.unavailable,
  NOT_PAIRED: F.unregistered,
  ALREADY_PAIRED: F.other,
  QR_NOT_AVAILABLE: F.other,
  PASSKEY_NOT_REQUESTED: F.other,
  NOT_ON_WHATSAPP: F.undeliverable,
  ACCOUNT_RESTRICTED: F.restricted,
  TIMEOUT: F.other,
  IDEMPOTENCY_KEY_REUSED: F.parameter,
  OUTCOME_UNKNOWN: F.other,
  PAYLOAD_TOO_LARGE: F.upload,
  LIMIT_REACHED: F.rate,
  SLOW_CONSUMER: F.rate,
  REFUSED_BY_WHATSAPP: F.other,
  ADDRESS_UNKNOWN: F.undeliverable,
  MESSAGE_UNKNOWN: F.value,
  LID_REPLACED: F.undeliverable,
  UNSUPPORTED_BY_WHATSAPP: F.unsupported,
  EGRESS_DENIED: F.upload,
  EGRESS_FAILED: F.upload,
  BROKER_UNAVAILABLE: F.unavailable,
  INTERNAL: F.other
};

export const cloudFailure = (code: ErrorCode): CloudFailure => BY_CODE[code] ?? F.other;

/** A refusal for which Meta has a more specific code than the error of Wabus. */
export class CloudRefusal extends WabusError {
  constructor(
    readonly failure: CloudFailure,
    details: string
  ) {
    super('INVALID_REQUEST', { message: details });
  }
}

/** Returns the failure for an error. A session out of the token's reach cannot be distinguished from one that does not exist. */
export function failureOf(error: WabusError): CloudFailure {
  if (error instanceof CloudRefusal) return error.failure;
  const isUnreachable = error.code === 'FORBIDDEN' && error.details?.['scope'] === undefined;
  return isUnreachable ? F.object : cloudFailure(error.code);
}

/** Returns the body of a response that refuses a request. */
export function cloudErrorBody(error: WabusError): object {
  const { code, subcode, title } = failureOf(error);
  return {
    error: {
      message: `(#${code}) ${title}`,
      type: 'OAuthException',
      code,
      ...(subcode === undefined ? {} : { error_subcode: subcode }),
      error_data: { messaging_product: 'whatsapp', details: error.message },
      // Programs require this id and log it. It has no other meaning here.
      fbtrace_id: `A${randomBytes(17).toString('base64url')}`
    }
  };
}
