/** The conclusions that a caller may draw from an error code. */
export interface ErrorRow {
  /** Whether the same request may succeed later without change. */
  readonly retryable: boolean;
  /** Whether the request certainly had no effect. If `false`, it may have taken effect: do not repeat a send without an idempotency key. */
  readonly certain: boolean;
  /** What happened and what to do about it. It is the message of the error unless the code that throws it has a more specific one. */
  readonly meaning: string;
}

const row = (retryable: boolean, certain: boolean, meaning: string): ErrorRow => ({ retryable, certain, meaning });

/** The closed list of error codes, which is the same for HTTP, Socket.IO and NATS. */
export const ERROR_CODES = {
  UNAUTHORIZED: row(
    false,
    true,
    'The token is missing or invalid. Send a valid one as `auth: {token}` (Socket.IO) or `Authorization: Bearer …` (HTTP).'
  ),
  FORBIDDEN: row(false, true, 'The token does not permit this request. Use a token that has the required scope and covers the session.'),
  RATE_LIMITED: row(true, true, 'Too many requests in a short time. Nothing was done; try again after `details.retryAfterMs`.'),
  INVALID_REQUEST: row(false, true, 'The request does not have the documented form. Compare it with the OpenAPI or AsyncAPI document.'),
  INVALID_ARGUMENTS: row(false, true, 'The arguments of the command are invalid; `details.fields` says what to correct in each.'),
  UNKNOWN_COMMAND: row(false, true, 'There is no command with this name. The OpenAPI document lists all commands.'),
  UNKNOWN_EVENT: row(false, true, 'There are no events with the names in `details.unknown`. `docs/events.md` lists all events.'),
  UNKNOWN_SESSION: row(false, true, 'There is no session with this id. Create it first.'),
  SESSION_EXISTS: row(false, true, 'A session with this id already exists. Use that session, or choose another id.'),
  SUBSCRIPTION_DIFFERS: row(
    false,
    true,
    'A durable subscription with this name already exists with different terms; `details` names them. Send the same terms, leave them out, or set `update: true`.'
  ),
  NOT_FOUND: row(false, true, 'There is nothing at this address. Check the path and the ids in it.'),
  UNKNOWN_MEDIA: row(
    false,
    true,
    'This session has no file with this reference. The file has expired or belongs to another session: upload or request it again.'
  ),
  MEDIA_GONE: row(false, true, 'WhatsApp has deleted the file, and the phone no longer has it either. Ask the sender to send it again.'),
  CONVERSION_UNAVAILABLE: row(
    false,
    true,
    'The connector has no ffmpeg that can convert the file. Use a container image whose tag ends in `-media`, or send the file in a format that phones can play. Nothing was sent.'
  ),
  NO_OWNER: row(
    true,
    true,
    'No connector is running this session at the moment: it is stopped or being taken over. Nothing was done; start the session or try again.'
  ),
  NOT_CONNECTED: row(
    true,
    true,
    'The session is running but is not connected to WhatsApp. Nothing was sent; try again when its state is `open`.'
  ),
  NOT_PAIRED: row(false, true, 'The session is not linked to a WhatsApp account yet. Scan its QR code or enter a pairing code.'),
  ALREADY_PAIRED: row(false, true, 'The session is already linked. To link another account, log it out first.'),
  QR_NOT_AVAILABLE: row(true, true, 'The session is not showing a QR code. Check its state.'),
  PASSKEY_NOT_REQUESTED: row(
    true,
    true,
    'WhatsApp is not asking for a passkey, or the passkey link is at another stage; see `details.stage`.'
  ),
  TIMEOUT: row(
    true,
    false,
    'No reply arrived before the deadline. The command may have run: repeat it only with the same idempotency key.'
  ),
  IDEMPOTENCY_KEY_REUSED: row(false, true, 'Another request already used this idempotency key. Use a new key for each request.'),
  OUTCOME_UNKNOWN: row(
    false,
    false,
    'An earlier attempt with this key may have taken effect and must not be repeated. Check the outcome, then use a new key.'
  ),
  PAYLOAD_TOO_LARGE: row(false, true, 'The payload is larger than permitted. Send less data at a time.'),
  LIMIT_REACHED: row(
    true,
    true,
    'A limit on connections, subscriptions, streams, searches, webhooks or files has been reached; `details` names the limit and its setting.'
  ),
  SLOW_CONSUMER: row(
    true,
    true,
    'The client stopped reading for too long and was disconnected. Nothing is lost: reconnect and subscribe with `since` set to `details.cursor`.'
  ),
  REFUSED_BY_WHATSAPP: row(false, true, 'WhatsApp answered with an error; `details.statusCode` is its code.'),
  ADDRESS_UNKNOWN: row(
    false,
    true,
    "WhatsApp accepts direct messages from this account only to LIDs or only to phone numbers, and the contact's LID or number is unknown; see `details.missing`. Nothing was sent."
  ),
  MESSAGE_UNKNOWN: row(
    false,
    true,
    'No event has reported this message, so its author or content is unknown; see `details.field`. Set `participant` in the key, or pass the whole message. Nothing was sent.'
  ),
  LID_REPLACED: row(
    false,
    true,
    'The phone number of this LID now belongs to a new WhatsApp account. Send to the number, or to the LID in `details.lid`. Nothing was sent.'
  ),
  NOT_ON_WHATSAPP: row(
    false,
    true,
    'No WhatsApp account has this number or LID, or WhatsApp writes it differently; see `details.canonicalJid`. Nothing was sent.'
  ),
  ACCOUNT_RESTRICTED: row(
    false,
    true,
    'WhatsApp does not let the account write to new people until `details.until`. Nothing was sent, because each attempt counts against the account.'
  ),
  UNSUPPORTED_BY_WHATSAPP: row(false, true, 'WhatsApp no longer supports this; `message` says what to use instead.'),
  EGRESS_DENIED: row(
    false,
    true,
    'Wabus is not permitted to call this address, because it does not use https or leads to a private or reserved network. Nothing was sent; operators can permit the host in `WABUS_EGRESS_ALLOW`.'
  ),
  EGRESS_FAILED: row(true, false, 'The other server could not be reached or sent an invalid response; see `details.reason`.'),
  BROKER_UNAVAILABLE: row(true, false, 'NATS is not responding at the moment. Try again later.'),
  INTERNAL: row(false, false, 'Wabus encountered an internal error. The process log shows the cause.')
} as const satisfies Record<string, ErrorRow>;

export type ErrorCode = keyof typeof ERROR_CODES;

export function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === 'string' && Object.hasOwn(ERROR_CODES, value);
}
