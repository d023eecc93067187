// @generated from the catalogs of @wabus/contracts by tools/sdk/catalog-types.mjs: do not edit.
/** The codes of errors that a server answers with: whether the same request may succeed later, whether it surely did not happen, and what it means. */
export const ERROR_CODES = {
  UNAUTHORIZED: {
    retryable: false,
    certain: true,
    meaning: 'The token is missing or not valid. Send it as `auth: {token}` (Socket.IO) or `Authorization: Bearer …` (HTTP).'
  },
  FORBIDDEN: {
    retryable: false,
    certain: true,
    meaning: 'The token does not permit this for this session. Use a token with the scope and the session.'
  },
  RATE_LIMITED: {
    retryable: true,
    certain: true,
    meaning: 'Too many requests in a short time. Nothing was done; try again after `details.retryAfterMs`.'
  },
  INVALID_REQUEST: { retryable: false, certain: true, meaning: 'The request does not have the documented form.' },
  INVALID_ARGUMENTS: { retryable: false, certain: true, meaning: 'Arguments of the command are invalid; `details` names each field.' },
  UNKNOWN_COMMAND: { retryable: false, certain: true, meaning: 'There is no command with this name.' },
  UNKNOWN_EVENT: { retryable: false, certain: true, meaning: 'There are no events with these names; `details.unknown` lists them.' },
  UNKNOWN_SESSION: { retryable: false, certain: true, meaning: 'There is no session with this id. Create it first.' },
  SESSION_EXISTS: { retryable: false, certain: true, meaning: 'A session with this id already exists.' },
  SUBSCRIPTION_DIFFERS: {
    retryable: false,
    certain: true,
    meaning:
      'A durable subscription with this name exists with other terms; `details` names them. Send the same terms, leave them out, or set `update: true`.'
  },
  NOT_FOUND: { retryable: false, certain: true, meaning: 'There is nothing at this address.' },
  UNKNOWN_MEDIA: {
    retryable: false,
    certain: true,
    meaning:
      'This session has no file with this reference: it has expired, or belongs to another session. Upload or request the file again.'
  },
  MEDIA_GONE: { retryable: false, certain: true, meaning: 'WhatsApp has deleted the file, and the phone no longer has it either.' },
  CONVERSION_UNAVAILABLE: {
    retryable: false,
    certain: true,
    meaning:
      'The connector has no ffmpeg that can convert the file. Use an image with the tag `-media`, or send the file in a format that phones play. Nothing was sent.'
  },
  NO_OWNER: {
    retryable: true,
    certain: true,
    meaning: 'No connector runs this session at the moment: it is stopped, or being taken over. Nothing was done.'
  },
  NOT_CONNECTED: { retryable: true, certain: true, meaning: 'The session runs, but is not connected to WhatsApp now. Nothing was sent.' },
  NOT_PAIRED: {
    retryable: false,
    certain: true,
    meaning: 'The session is not linked to a WhatsApp account yet. Scan its QR code or type a pairing code.'
  },
  ALREADY_PAIRED: { retryable: false, certain: true, meaning: 'The session is linked already. Log it out first to link another account.' },
  QR_NOT_AVAILABLE: { retryable: true, certain: true, meaning: 'The session shows no QR code now. Check its state.' },
  PASSKEY_NOT_REQUESTED: {
    retryable: true,
    certain: true,
    meaning: 'WhatsApp does not ask for a passkey at the moment, or the passkey link is at another stage: see `details.stage`.'
  },
  TIMEOUT: { retryable: true, certain: false, meaning: 'No answer came before the deadline. The command may still have been carried out.' },
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
  PAYLOAD_TOO_LARGE: { retryable: false, certain: true, meaning: 'The payload is larger than permitted.' },
  LIMIT_REACHED: {
    retryable: true,
    certain: true,
    meaning:
      'A limit on connections, subscriptions, streams, searches, webhooks or files is reached; `details` names the limit and its setting.'
  },
  SLOW_CONSUMER: {
    retryable: true,
    certain: true,
    meaning:
      'The client did not read for too long and is disconnected. Nothing is lost: connect again and subscribe with `since` set to `details.cursor`.'
  },
  REFUSED_BY_WHATSAPP: { retryable: false, certain: true, meaning: 'WhatsApp answered with an error; `details.statusCode` is its code.' },
  ADDRESS_UNKNOWN: {
    retryable: false,
    certain: true,
    meaning:
      'WhatsApp accepts direct messages of this account only by LID or only by number, and that address of the contact is not known: see `details.missing`. Nothing was sent.'
  },
  MESSAGE_UNKNOWN: {
    retryable: false,
    certain: true,
    meaning:
      'No event has reported this message, so its author or content is not known: see `details.field`. Set `participant` in the key, or pass the whole message. Nothing was sent.'
  },
  LID_REPLACED: {
    retryable: false,
    certain: true,
    meaning:
      'The number of this LID belongs to a new WhatsApp account. Send to the number, or to the LID in `details.lid`. Nothing was sent.'
  },
  NOT_ON_WHATSAPP: {
    retryable: false,
    certain: true,
    meaning:
      'Nobody on WhatsApp has this number or LID, or WhatsApp knows it in another spelling: see `details.canonicalJid`. Nothing was sent.'
  },
  ACCOUNT_RESTRICTED: {
    retryable: false,
    certain: true,
    meaning:
      'WhatsApp does not let the account write to new people until `details.until`. Nothing was sent, because each attempt makes it worse.'
  },
  UNSUPPORTED_BY_WHATSAPP: {
    retryable: false,
    certain: true,
    meaning: 'WhatsApp no longer offers this; the message says what to use instead.'
  },
  EGRESS_DENIED: {
    retryable: false,
    certain: true,
    meaning: 'Wabus is not allowed to call this address: it is not https, or leads to a private or reserved network. Nothing was sent.'
  },
  EGRESS_FAILED: {
    retryable: true,
    certain: false,
    meaning: 'The other server could not be reached or did not answer correctly; `details.reason` says how.'
  },
  BROKER_UNAVAILABLE: { retryable: true, certain: false, meaning: 'NATS does not answer at the moment.' },
  INTERNAL: { retryable: false, certain: false, meaning: 'An internal error in Wabus. The log of the process has the cause.' }
} as const;
/** The code of an error that a server answers with. */
export type ErrorCode = keyof typeof ERROR_CODES;
