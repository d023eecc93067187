// @generated from the catalogs of @wabus/contracts by tools/sdk/catalog-types.mjs: do not edit.
/** The error codes that a server returns: whether the same request may succeed later, whether it certainly had no effect, and the meaning. */
export const ERROR_CODES = {
  UNAUTHORIZED: {
    retryable: false,
    certain: true,
    meaning: 'The token is missing or invalid. Send a valid one as `auth: {token}` (Socket.IO) or `Authorization: Bearer …` (HTTP).'
  },
  FORBIDDEN: {
    retryable: false,
    certain: true,
    meaning: 'The token does not permit this request. Use a token that has the required scope and covers the session.'
  },
  RATE_LIMITED: {
    retryable: true,
    certain: true,
    meaning: 'Too many requests in a short time. Nothing was done; try again after `details.retryAfterMs`.'
  },
  INVALID_REQUEST: {
    retryable: false,
    certain: true,
    meaning: 'The request does not have the documented form. Compare it with the OpenAPI or AsyncAPI document.'
  },
  INVALID_ARGUMENTS: {
    retryable: false,
    certain: true,
    meaning: 'The arguments of the command are invalid; `details.fields` says what to correct in each.'
  },
  UNKNOWN_COMMAND: {
    retryable: false,
    certain: true,
    meaning: 'There is no command with this name. The OpenAPI document lists all commands.'
  },
  UNKNOWN_EVENT: {
    retryable: false,
    certain: true,
    meaning: 'There are no events with the names in `details.unknown`. `docs/events.md` lists all events.'
  },
  UNKNOWN_SESSION: { retryable: false, certain: true, meaning: 'There is no session with this id. Create it first.' },
  SESSION_EXISTS: {
    retryable: false,
    certain: true,
    meaning: 'A session with this id already exists. Use that session, or choose another id.'
  },
  SUBSCRIPTION_DIFFERS: {
    retryable: false,
    certain: true,
    meaning:
      'A durable subscription with this name already exists with different terms; `details` names them. Send the same terms, leave them out, or set `update: true`.'
  },
  NOT_FOUND: { retryable: false, certain: true, meaning: 'There is nothing at this address. Check the path and the ids in it.' },
  UNKNOWN_MEDIA: {
    retryable: false,
    certain: true,
    meaning: 'This session has no file with this reference. The file has expired or belongs to another session: upload or request it again.'
  },
  MEDIA_GONE: {
    retryable: false,
    certain: true,
    meaning: 'WhatsApp has deleted the file, and the phone no longer has it either. Ask the sender to send it again.'
  },
  CONVERSION_UNAVAILABLE: {
    retryable: false,
    certain: true,
    meaning:
      'The connector has no ffmpeg that can convert the file. Use a container image whose tag ends in `-media`, or send the file in a format that phones can play. Nothing was sent.'
  },
  NO_OWNER: {
    retryable: true,
    certain: true,
    meaning:
      'No connector is running this session at the moment: it is stopped or being taken over. Nothing was done; start the session or try again.'
  },
  NOT_CONNECTED: {
    retryable: true,
    certain: true,
    meaning: 'The session is running but is not connected to WhatsApp. Nothing was sent; try again when its state is `open`.'
  },
  NOT_PAIRED: {
    retryable: false,
    certain: true,
    meaning: 'The session is not linked to a WhatsApp account yet. Scan its QR code or enter a pairing code.'
  },
  ALREADY_PAIRED: { retryable: false, certain: true, meaning: 'The session is already linked. To link another account, log it out first.' },
  QR_NOT_AVAILABLE: { retryable: true, certain: true, meaning: 'The session is not showing a QR code. Check its state.' },
  PASSKEY_NOT_REQUESTED: {
    retryable: true,
    certain: true,
    meaning: 'WhatsApp is not asking for a passkey, or the passkey link is at another stage; see `details.stage`.'
  },
  TIMEOUT: {
    retryable: true,
    certain: false,
    meaning: 'No reply arrived before the deadline. The command may have run: repeat it only with the same idempotency key.'
  },
  IDEMPOTENCY_KEY_REUSED: {
    retryable: false,
    certain: true,
    meaning: 'Another request already used this idempotency key. Use a new key for each request.'
  },
  OUTCOME_UNKNOWN: {
    retryable: false,
    certain: false,
    meaning: 'An earlier attempt with this key may have taken effect and must not be repeated. Check the outcome, then use a new key.'
  },
  PAYLOAD_TOO_LARGE: { retryable: false, certain: true, meaning: 'The payload is larger than permitted. Send less data at a time.' },
  LIMIT_REACHED: {
    retryable: true,
    certain: true,
    meaning:
      'A limit on connections, subscriptions, streams, searches, webhooks or files has been reached; `details` names the limit and its setting.'
  },
  SLOW_CONSUMER: {
    retryable: true,
    certain: true,
    meaning:
      'The client stopped reading for too long and was disconnected. Nothing is lost: reconnect and subscribe with `since` set to `details.cursor`.'
  },
  REFUSED_BY_WHATSAPP: { retryable: false, certain: true, meaning: 'WhatsApp answered with an error; `details.statusCode` is its code.' },
  ADDRESS_UNKNOWN: {
    retryable: false,
    certain: true,
    meaning:
      "WhatsApp accepts direct messages from this account only to LIDs or only to phone numbers, and the contact's LID or number is unknown; see `details.missing`. Nothing was sent."
  },
  MESSAGE_UNKNOWN: {
    retryable: false,
    certain: true,
    meaning:
      'No event has reported this message, so its author or content is unknown; see `details.field`. Set `participant` in the key, or pass the whole message. Nothing was sent.'
  },
  LID_REPLACED: {
    retryable: false,
    certain: true,
    meaning:
      'The phone number of this LID now belongs to a new WhatsApp account. Send to the number, or to the LID in `details.lid`. Nothing was sent.'
  },
  NOT_ON_WHATSAPP: {
    retryable: false,
    certain: true,
    meaning: 'No WhatsApp account has this number or LID, or WhatsApp writes it differently; see `details.canonicalJid`. Nothing was sent.'
  },
  ACCOUNT_RESTRICTED: {
    retryable: false,
    certain: true,
    meaning:
      'WhatsApp does not let the account write to new people until `details.until`. Nothing was sent, because each attempt counts against the account.'
  },
  UNSUPPORTED_BY_WHATSAPP: {
    retryable: false,
    certain: true,
    meaning: 'WhatsApp no longer supports this; `message` says what to use instead.'
  },
  EGRESS_DENIED: {
    retryable: false,
    certain: true,
    meaning:
      'Wabus is not permitted to call this address, because it does not use https or leads to a private or reserved network. Nothing was sent; operators can permit the host in `WABUS_EGRESS_ALLOW`.'
  },
  EGRESS_FAILED: {
    retryable: true,
    certain: false,
    meaning: 'The other server could not be reached or sent an invalid response; see `details.reason`.'
  },
  BROKER_UNAVAILABLE: { retryable: true, certain: false, meaning: 'NATS is not responding at the moment. Try again later.' },
  INTERNAL: { retryable: false, certain: false, meaning: 'Wabus encountered an internal error. The process log shows the cause.' }
} as const;
/** An error code that a server returns. */
export type ErrorCode = keyof typeof ERROR_CODES;
