import { WabusError, type ErrorBody } from '../errors/wabus-error.js';
import { encodeJson } from '../json/json.codec.js';

/** Facts about a command in NATS headers. */
export const COMMAND_HEADERS = {
  /** ISO time after which the owner no longer starts the command. */
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

/** The error of an invalid idempotency key. */
export function invalidIdempotencyKey(): WabusError {
  return new WabusError('INVALID_REQUEST', {
    message: 'An idempotency key must be 1 to 128 visible ASCII characters without spaces.',
    details: { field: 'idempotencyKey' }
  });
}

/** The reply to a command, the same on Socket.IO, HTTP and NATS. */
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
      message: `The body of a command may contain only the field args. Send the other values in the headers ${COMMAND_HEADERS.deadline} and ${COMMAND_HEADERS.idempotencyKey}.`,
      details: { unknown: unknown.slice(0, NAMED_IN_ERRORS).map(name => name.slice(0, 100)) }
    });
  }
  return body['args'];
}

export function encodeOutcome(outcome: CommandOutcome): string {
  return encodeJson(outcome);
}

/** The data of a reply. Throws the owner's error, or `INTERNAL` if the reply cannot be read. */
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

/** What the headers of a command say. */
export interface CommandHeaderFacts {
  /** When the caller stops waiting, in ms since 1970; `null` if not given. */
  readonly deadlineAt: number | null;
  readonly idempotencyKey: string | null;
}

const OURS = /^wabus-/i;
const REQUEST_HEADERS: readonly string[] = [COMMAND_HEADERS.deadline, COMMAND_HEADERS.idempotencyKey];
/** A date with a time and a zone, as RFC 3339 has it: `Date.parse` alone also takes `1` and `May 4`. */
const TIME = /^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?([Zz]|[+-]\d{2}:\d{2})$/;

/**
 * Reads the headers `Wabus-*` of a command; other headers are passed over. A caller that sends one wants it obeyed, so none of them is ignored:
 * throws `INVALID_REQUEST` with `details.header` for an unknown name, another case, a header given twice, a deadline that is not a time or has passed, and a wrong key.
 * @param headers names with all their values
 * @param now ms since 1970
 */
export function decodeCommandHeaders(
  headers: Iterable<readonly [name: string, values: readonly string[]]>,
  now: number
): CommandHeaderFacts {
  const found = new Map<string, string>();
  for (const [name, values] of headers) {
    if (!OURS.test(name)) continue;
    if (!REQUEST_HEADERS.includes(name)) throw wrongHeader(name, `is not a header of a command. Use only ${REQUEST_HEADERS.join(', ')}.`);
    if (values.length !== 1) throw wrongHeader(name, 'must not be repeated.');
    found.set(name, values[0]!);
  }
  const deadline = found.get(COMMAND_HEADERS.deadline);
  const key = found.get(COMMAND_HEADERS.idempotencyKey);
  if (key !== undefined && !isIdempotencyKey(key)) {
    throw wrongHeader(COMMAND_HEADERS.idempotencyKey, 'must be 1 to 128 visible ASCII characters without spaces.', 'idempotencyKey');
  }
  return { deadlineAt: deadline === undefined ? null : timeOf(deadline, now), idempotencyKey: key ?? null };
}

/** The clock of an owner that took the deadline for passed, in ms since 1970; `null` for any other error. The command was not begun. */
export function clockOfRefusal(error: unknown): number | null {
  if (!(error instanceof WabusError) || error.code !== 'INVALID_REQUEST') return null;
  const { header, now } = error.details ?? {};
  if (header !== COMMAND_HEADERS.deadline || typeof now !== 'string') return null;
  const clock = Date.parse(now);
  return Number.isNaN(clock) ? null : clock;
}

function timeOf(text: string, now: number): number {
  const time = TIME.test(text) ? Date.parse(text.toUpperCase()) : Number.NaN;
  if (Number.isNaN(time))
    throw wrongHeader(COMMAND_HEADERS.deadline, 'must be an ISO time with a time zone, such as 2030-01-31T12:00:00.000Z.');
  if (time <= now) {
    const { message, details } = wrongHeader(COMMAND_HEADERS.deadline, 'has passed, so the command was not started.');
    throw new WabusError('INVALID_REQUEST', { message, details: { ...details, now: new Date(now).toISOString() } });
  }
  return time;
}

function wrongHeader(header: string, fault: string, field?: string): WabusError {
  const named = header.slice(0, 100);
  return new WabusError('INVALID_REQUEST', {
    message: `The header ${named} ${fault}`,
    details: { header: named, ...(field !== undefined && { field }) }
  });
}
