import type { AnyErrorCode } from '../edge/edge-error.js';

const remedies = {
  UNAUTHORIZED: 'Log in again with a valid token.',
  FORBIDDEN: 'Ask an administrator for a token that permits this.',
  RATE_LIMITED: 'Wait a moment, then try again.',
  INVALID_REQUEST: 'Correct the entry and try again.',
  INVALID_ARGUMENTS: 'Correct the fields named in the details and try again.',
  UNKNOWN_COMMAND: 'The edge is of another version than this page: reload it.',
  UNKNOWN_EVENT: 'Choose an event from the list.',
  UNKNOWN_SESSION: 'It may have been deleted. Go back to the list.',
  SESSION_EXISTS: 'Choose another id, or use the session that exists.',
  SUBSCRIPTION_DIFFERS: 'Use the terms that it has, or update it.',
  NOT_FOUND: 'It may have been deleted meanwhile. Reload the page.',
  UNKNOWN_MEDIA: 'Files are kept for a limited time. Upload the file again.',
  MEDIA_GONE: 'Ask the sender for the file again.',
  NO_OWNER: 'Start the session, or wait some seconds until a connector takes it over.',
  NOT_CONNECTED: 'Wait until the session is connected, then try again.',
  NOT_PAIRED: 'Link the session to a phone first.',
  ALREADY_PAIRED: 'Log the session out first to link another account.',
  QR_NOT_AVAILABLE: 'A new one follows automatically. If none comes, start the session again.',
  PASSKEY_NOT_REQUESTED: 'Scan the new QR code. WhatsApp asks again when it wants the passkey.',
  TIMEOUT: 'It may have been carried out all the same: look before you repeat it.',
  IDEMPOTENCY_KEY_REUSED: 'Reload the page and try again.',
  OUTCOME_UNKNOWN: 'Look whether it took effect before you repeat it.',
  PAYLOAD_TOO_LARGE: 'Choose a smaller file or text.',
  LIMIT_REACHED: 'Close other tabs of the console, or raise the limit named in the details.',
  SLOW_CONSUMER: 'Choose fewer events. The console resumes where it stopped.',
  REFUSED_BY_WHATSAPP: 'WhatsApp does not permit it; the details have its code.',
  UNSUPPORTED_BY_WHATSAPP: 'WhatsApp no longer offers this.',
  EGRESS_DENIED: 'Use a public https address, or permit the network with WABUS_EGRESS_ALLOW.',
  EGRESS_FAILED: 'Check that the other server is up and reachable from the edge.',
  BROKER_UNAVAILABLE: 'Check that NATS runs; Health shows what the edge sees.',
  INTERNAL: 'The log of the edge has the cause.',
  CLOSED: 'Reload the page.',
  TOKEN_UNAVAILABLE: 'Log in again.',
  BAD_SIGNATURE: 'Check the secret of the webhook.',
  UNREACHABLE: 'Check that the edge runs. The console keeps trying.'
} as const satisfies Record<AnyErrorCode, string>;

export const noticeTexts = {
  whatToDo: 'What to do',
  details: 'Details',
  uncertain: 'It may have taken effect.',
  retry: 'Try again',
  kept: 'I have kept it',
  unreachable: 'The edge does not answer.',
  remedies
};
