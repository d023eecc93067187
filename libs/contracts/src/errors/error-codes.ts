/** The facts that a caller may conclude from an error code. */
export interface ErrorRow {
  /** The same request may succeed later without change. */
  readonly retryable: boolean;
  /** It certainly did not happen. When false the request may have taken effect: do not repeat a send without an idempotency key. */
  readonly certain: boolean;
  /** What happened and what to do about it, unless the thrower has a better message. */
  readonly meaning: string;
}

const row = (retryable: boolean, certain: boolean, meaning: string): ErrorRow => ({ retryable, certain, meaning });

/** The closed list of error codes, the same on HTTP, Socket.IO and NATS. */
export const ERROR_CODES = {
  UNAUTHORIZED: row(
    false,
    true,
    'The token is missing or not valid. Send it as `auth: {token}` (Socket.IO) or `Authorization: Bearer …` (HTTP).'
  ),
  FORBIDDEN: row(false, true, 'The token does not permit this for this session. Use a token with the scope and the session.'),
  RATE_LIMITED: row(true, true, 'Too many requests in a short time. Nothing was done; try again after `details.retryAfterMs`.'),
  INVALID_REQUEST: row(false, true, 'The request does not have the documented form.'),
  INVALID_ARGUMENTS: row(false, true, 'Arguments of the command are invalid; `details` names each field.'),
  UNKNOWN_COMMAND: row(false, true, 'There is no command with this name.'),
  UNKNOWN_EVENT: row(false, true, 'There are no events with these names; `details.unknown` lists them.'),
  UNKNOWN_SESSION: row(false, true, 'There is no session with this id. Create it first.'),
  SESSION_EXISTS: row(false, true, 'A session with this id already exists.'),
  SUBSCRIPTION_DIFFERS: row(
    false,
    true,
    'A durable subscription with this name exists with other terms; `details` names them. Send the same terms, leave them out, or set `update: true`.'
  ),
  NOT_FOUND: row(false, true, 'There is nothing at this address.'),
  UNKNOWN_MEDIA: row(
    false,
    true,
    'This session has no file with this reference: it has expired, or belongs to another session. Upload or request the file again.'
  ),
  MEDIA_GONE: row(false, true, 'WhatsApp has deleted the file, and the phone no longer has it either.'),
  CONVERSION_UNAVAILABLE: row(
    false,
    true,
    'The connector has no ffmpeg that can convert the file. Use an image with the tag `-media`, or send the file in a format that phones play. Nothing was sent.'
  ),
  NO_OWNER: row(true, true, 'No connector runs this session at the moment: it is stopped, or being taken over. Nothing was done.'),
  NOT_CONNECTED: row(true, true, 'The session runs, but is not connected to WhatsApp now. Nothing was sent.'),
  NOT_PAIRED: row(false, true, 'The session is not linked to a WhatsApp account yet. Scan its QR code or type a pairing code.'),
  ALREADY_PAIRED: row(false, true, 'The session is linked already. Log it out first to link another account.'),
  QR_NOT_AVAILABLE: row(true, true, 'The session shows no QR code now. Check its state.'),
  PASSKEY_NOT_REQUESTED: row(
    true,
    true,
    'WhatsApp does not ask for a passkey at the moment, or the passkey link is at another stage: see `details.stage`.'
  ),
  TIMEOUT: row(true, false, 'No answer came before the deadline. The command may still have been carried out.'),
  IDEMPOTENCY_KEY_REUSED: row(false, true, 'Another request already used this idempotency key. Use a new key for each request.'),
  OUTCOME_UNKNOWN: row(
    false,
    false,
    'An earlier attempt with this key may have taken effect and must not be repeated. Check the outcome, then use a new key.'
  ),
  PAYLOAD_TOO_LARGE: row(false, true, 'The payload is larger than permitted.'),
  LIMIT_REACHED: row(
    true,
    true,
    'A limit on connections, subscriptions, streams, searches, webhooks or files is reached; `details` names the limit and its setting.'
  ),
  SLOW_CONSUMER: row(
    true,
    true,
    'The client did not read for too long and is disconnected. Nothing is lost: connect again and subscribe with `since` set to `details.cursor`.'
  ),
  REFUSED_BY_WHATSAPP: row(false, true, 'WhatsApp answered with an error; `details.statusCode` is its code.'),
  ADDRESS_UNKNOWN: row(
    false,
    true,
    'WhatsApp accepts direct messages of this account only by LID or only by number, and that address of the contact is not known: see `details.missing`. Nothing was sent.'
  ),
  MESSAGE_UNKNOWN: row(
    false,
    true,
    'No event has reported this message, so its author or content is not known: see `details.field`. Set `participant` in the key, or pass the whole message. Nothing was sent.'
  ),
  LID_REPLACED: row(
    false,
    true,
    'The number of this LID belongs to a new WhatsApp account. Send to the number, or to the LID in `details.lid`. Nothing was sent.'
  ),
  NOT_ON_WHATSAPP: row(
    false,
    true,
    'Nobody on WhatsApp has this number or LID, or WhatsApp knows it in another spelling: see `details.canonicalJid`. Nothing was sent.'
  ),
  ACCOUNT_RESTRICTED: row(
    false,
    true,
    'WhatsApp does not let the account write to new people until `details.until`. Nothing was sent, because each attempt makes it worse.'
  ),
  UNSUPPORTED_BY_WHATSAPP: row(false, true, 'WhatsApp no longer offers this; the message says what to use instead.'),
  EGRESS_DENIED: row(
    false,
    true,
    'Wabus is not allowed to call this address: it is not https, or leads to a private or reserved network. Nothing was sent.'
  ),
  EGRESS_FAILED: row(true, false, 'The other server could not be reached or did not answer correctly; `details.reason` says how.'),
  BROKER_UNAVAILABLE: row(true, false, 'NATS does not answer at the moment.'),
  INTERNAL: row(false, false, 'An internal error in Wabus. The log of the process has the cause.')
} as const satisfies Record<string, ErrorRow>;

export type ErrorCode = keyof typeof ERROR_CODES;

export function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === 'string' && Object.hasOwn(ERROR_CODES, value);
}
