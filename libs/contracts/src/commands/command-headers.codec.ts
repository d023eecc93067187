import { WabusError } from '../errors/wabus-error.js';
import { COMMAND_HEADERS, isIdempotencyKey } from './command-wire.codec.js';

/** What the headers of a command say. */
export interface CommandHeaderFacts {
  /** When the caller stops waiting, in ms since 1970; `null` when it does not say. */
  readonly deadlineAt: number | null;
  readonly idempotencyKey: string | null;
}

const OURS = /^wabus-/i;
const REQUEST_HEADERS: readonly string[] = [COMMAND_HEADERS.deadline, COMMAND_HEADERS.idempotencyKey];
/** A date with a time and a zone, as RFC 3339 has it: `Date.parse` alone also takes `1` and `May 4`. */
const TIME = /^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?([Zz]|[+-]\d{2}:\d{2})$/;

/**
 * Reads the headers `Wabus-*` of a command; other headers are passed over. A caller that sends one wants it obeyed, so nothing of them is ignored:
 * throws `INVALID_REQUEST` with `details.header` for an unknown name, another case, a header given twice, a deadline that is no time or has passed, and a wrong key.
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
    if (!REQUEST_HEADERS.includes(name)) throw wrongHeader(name, `is no header of a command. These are: ${REQUEST_HEADERS.join(', ')}.`);
    if (values.length !== 1) throw wrongHeader(name, 'is there more than once.');
    found.set(name, values[0]!);
  }
  const deadline = found.get(COMMAND_HEADERS.deadline);
  const key = found.get(COMMAND_HEADERS.idempotencyKey);
  if (key !== undefined && !isIdempotencyKey(key)) {
    throw wrongHeader(COMMAND_HEADERS.idempotencyKey, 'must be 1 to 128 visible ASCII characters without spaces.', 'idempotencyKey');
  }
  return { deadlineAt: deadline === undefined ? null : timeOf(deadline, now), idempotencyKey: key ?? null };
}

function timeOf(text: string, now: number): number {
  const time = TIME.test(text) ? Date.parse(text.toUpperCase()) : Number.NaN;
  if (Number.isNaN(time)) throw wrongHeader(COMMAND_HEADERS.deadline, 'must be an ISO time with a zone, such as 2030-01-31T12:00:00.000Z.');
  if (time <= now) throw wrongHeader(COMMAND_HEADERS.deadline, 'has passed: the command was not begun.');
  return time;
}

function wrongHeader(header: string, fault: string, field?: string): WabusError {
  const named = header.slice(0, 100);
  return new WabusError('INVALID_REQUEST', {
    message: `The header ${named} ${fault}`,
    details: { header: named, ...(field !== undefined && { field }) }
  });
}
