import { WabusError } from '../errors/wabus-error.js';

/** People read the names and texts in an error, so long ones are cut: a caller that sends a megabyte as a field name does not get it back. */
const MAX_NAME = 200;
const MAX_PROBLEM = 400;

/**
 * Creates the error for invalid arguments. `fields` lists the problems of each field by its path, such as `content.text`; the message quotes the first problem.
 */
export function invalidArguments(fields: Readonly<Record<string, readonly string[]>>): WabusError {
  const problems = Object.entries(fields).map(
    ([name, texts]) => [shortened(name, MAX_NAME), texts.map(text => shortened(text, MAX_PROBLEM))] as const
  );
  const [name, texts] = problems[0]!;
  return new WabusError('INVALID_ARGUMENTS', {
    message: `Argument ${name}: ${texts[0]}.`,
    details: { fields: Object.fromEntries(problems) }
  });
}

function shortened(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most)}…`;
}

export const MAX_ARGUMENT_DEPTH = 16;
const PROTOTYPE_KEYS = new Set(['__proto__', 'constructor', 'prototype']);

/** Whether a value is binary data in one of JavaScript's own types. */
export function isBytes(value: unknown): boolean {
  return ArrayBuffer.isView(value) || value instanceof ArrayBuffer || value instanceof SharedArrayBuffer;
}

/**
 * Refuses a shape that no request may have, before the fields are validated by name: field names that reach a prototype, values nested too deeply (including an
 * object that contains itself), and values that are not JSON. Such values are bytes, which Socket.IO can transport, and functions, symbols and bigints, which
 * only callers in this process can pass.
 * @throws {WabusError} `INVALID_ARGUMENTS` with the name of the field
 */
export function refuseHostileShape(value: unknown, path: readonly string[] = []): void {
  const problem = problemOf(value, path);
  if (problem !== null) throw invalidArguments({ [path.join('.') || 'args']: [problem] });
  if (typeof value !== 'object' || value === null) return;
  for (const [key, item] of Object.entries(value)) {
    const inner = [...path, key];
    if (PROTOTYPE_KEYS.has(key)) throw invalidArguments({ [inner.join('.')]: [`${key} must not be a field name`] });
    refuseHostileShape(item, inner);
  }
}

function problemOf(value: unknown, { length }: readonly string[]): string | null {
  if (isBytes(value)) return 'it must be plain JSON: where a field takes bytes, send {"type":"Buffer","data":<base64>}';
  switch (typeof value) {
    case 'function':
    case 'symbol':
    case 'bigint':
      return `it must be plain JSON, not a ${typeof value}`;
    case 'object':
      return value !== null && length >= MAX_ARGUMENT_DEPTH ? `it must not be nested deeper than ${MAX_ARGUMENT_DEPTH} levels` : null;
    default:
      return null;
  }
}

/** The time to validate arguments grows with the number of values, faster than linearly for unknown fields. Validating this many takes about 0.1 s. */
export const MAX_ARGUMENT_VALUES = 5_000;

/**
 * Refuses arguments with too many values before they are validated. `refuseHostileShape` refuses excessive depth.
 * @throws {WabusError} `INVALID_ARGUMENTS`
 */
export function checkArgumentSize(args: unknown): void {
  if (isBytes(args)) throw invalidArguments({ args: ['args must be plain JSON'] });
  const pending: [value: unknown, depth: number][] = [[args, 0]];
  let seen = 0;
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const [value, depth] = next;
    // `refuseHostileShape` refuses bytes and deeper values with the name of their field. Here each counts as one value.
    if (typeof value !== 'object' || value === null || isBytes(value) || depth > MAX_ARGUMENT_DEPTH) continue;
    for (const item of Object.values(value)) {
      if (++seen > MAX_ARGUMENT_VALUES) throw invalidArguments({ args: [`args must not have more than ${MAX_ARGUMENT_VALUES} values`] });
      pending.push([item, depth + 1]);
    }
  }
}
