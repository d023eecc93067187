import { WabusError, type ErrorBody } from '../errors/wabus-error.js';
import { encodeJson } from '../json/json.codec.js';

/** The NATS headers of a command and of its reply. */
export const COMMAND_HEADERS = {
  /** The ISO time after which the owner no longer starts the command. */
  deadline: 'Wabus-Deadline',
  idempotencyKey: 'Wabus-Idempotency-Key',
  /** On a reply: the epoch of the owner that sent it. */
  epoch: 'Wabus-Epoch',
  traceparent: 'traceparent'
} as const;

/** Whether a value is an idempotency key: 1 to 128 visible ASCII characters without spaces, so that it fits into any header. */
export function isIdempotencyKey(value: unknown): value is string {
  return typeof value === 'string' && /^[\x21-\x7e]{1,128}$/.test(value);
}

/** Creates the error for an invalid idempotency key: `INVALID_REQUEST`. */
export function invalidIdempotencyKey(): WabusError {
  return new WabusError('INVALID_REQUEST', {
    message: 'An idempotency key must be 1 to 128 visible ASCII characters without spaces.',
    details: { field: 'idempotencyKey' }
  });
}

/** The outcome of a command, in the same form over Socket.IO, HTTP and NATS. */
export type CommandOutcome<Data = unknown> = { ok: true; data: Data } | { ok: false; error: ErrorBody };

/** Encodes the body of a command on NATS: `{args}`. */
export function encodeCommandBody(args: unknown): string {
  return encodeJson({ args });
}

const NAMED_IN_ERRORS = 20;

/**
 * Returns the arguments in the body of a command, not validated yet. An empty body stands for no arguments.
 * @throws {WabusError} `INVALID_REQUEST` for a body that is not JSON or has fields other than `args`. A caller that sends `idempotencyKey` or `deadlineMs`, as
 * over Socket.IO, relies on them, but on NATS they are headers.
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

/**
 * Returns the data of a reply.
 * @throws {WabusError} the owner's error, or `INTERNAL` if the reply cannot be parsed
 */
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

/** The values in the headers of a command. */
export interface CommandHeaderFacts {
  /** When the caller stops waiting, in ms since 1970; `null` if the caller set no deadline. */
  readonly deadlineAt: number | null;
  readonly idempotencyKey: string | null;
}

const OURS = /^wabus-/i;
const REQUEST_HEADERS: readonly string[] = [COMMAND_HEADERS.deadline, COMMAND_HEADERS.idempotencyKey];
/** A date with a time and a time zone, as in RFC 3339. `Date.parse` alone would also accept `1` and `May 4`. */
const TIME = /^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?([Zz]|[+-]\d{2}:\d{2})$/;

/**
 * Reads the `Wabus-*` headers of a command and skips all other headers. A caller that sends one relies on its effect, so none is silently ignored.
 * @param headers names with all their values
 * @param now ms since 1970
 * @throws {WabusError} `INVALID_REQUEST` with `details.header` for an unknown name, a name in another case, a repeated header, a deadline that is not a time or
 * has passed, and an invalid key
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

/**
 * Returns the clock of an owner that refused a command because its deadline had passed, in ms since 1970; `null` for any other error. The owner did not start
 * the command.
 */
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
