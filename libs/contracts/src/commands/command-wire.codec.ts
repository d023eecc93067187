import { WabusError, type ErrorBody } from '../errors/wabus-error.js';
import { encodeJson } from '../json/json.codec.js';

/** Facts about a command in NATS headers. */
export const COMMAND_HEADERS = {
  /** ISO time after which the owner does not begin the command any more. */
  deadline: 'Wabus-Deadline',
  idempotencyKey: 'Wabus-Idempotency-Key',
  /** On the reply: epoch of the owner that answered. */
  epoch: 'Wabus-Epoch',
  traceparent: 'traceparent'
} as const;

/** Whether a value can be an idempotency key: 1 to 128 visible ASCII characters without spaces, so that it travels in any header. */
export function isIdempotencyKey(value: unknown): value is string {
  return typeof value === 'string' && /^[\x21-\x7e]{1,128}$/.test(value);
}

/** The error of a value that is no idempotency key. */
export function invalidIdempotencyKey(): WabusError {
  return new WabusError('INVALID_REQUEST', {
    message: 'An idempotency key has 1 to 128 visible ASCII characters without spaces.',
    details: { field: 'idempotencyKey' }
  });
}

/** What a command is answered with, on Socket.IO, HTTP and NATS alike. */
export type CommandOutcome<Data = unknown> = { ok: true; data: Data } | { ok: false; error: ErrorBody };

/** The body of a command on NATS: `{args}`. */
export function encodeCommandBody(args: unknown): string {
  return encodeJson({ args });
}

const NAMED_IN_ERRORS = 20;

/**
 * The arguments in a command body, not validated yet. An empty body means no arguments. Throws `INVALID_REQUEST` when it is not JSON or has other fields than `args`:
 * a caller that sends the `idempotencyKey` or `deadlineMs` of Socket.IO relies on them, and on NATS these are headers.
 */
export function decodeCommandBody(text: string): unknown {
  if (text === '') return undefined;
  const body = parseObject(text);
  if (body === null) throw new WabusError('INVALID_REQUEST', { message: 'The body of a command must be a JSON object {"args": …}.' });
  const unknown = Object.keys(body).filter(name => name !== 'args');
  if (unknown.length > 0) {
    throw new WabusError('INVALID_REQUEST', {
      message: `The body of a command may only have the field args. The headers ${COMMAND_HEADERS.deadline} and ${COMMAND_HEADERS.idempotencyKey} hold the rest.`,
      details: { unknown: unknown.slice(0, NAMED_IN_ERRORS).map(name => name.slice(0, 100)) }
    });
  }
  return body['args'];
}

export function encodeOutcome(outcome: CommandOutcome): string {
  return encodeJson(outcome);
}

/** The data of a reply. Throws the error that the owner answered with, or `INTERNAL` when the reply cannot be read. */
export function decodeOutcome(text: string): unknown {
  const outcome = parseObject(text) as CommandOutcome | null;
  if (outcome?.ok === true) return outcome.data;
  if (outcome?.ok === false) throw WabusError.fromBody(outcome.error);
  throw new WabusError('INTERNAL', { message: 'The owner of the session sent a reply that is not a command outcome.' });
}

function parseObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
