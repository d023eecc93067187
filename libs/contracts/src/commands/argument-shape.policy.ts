import { invalidArguments } from './invalid-arguments.policy.js';

export const MAX_ARGUMENT_DEPTH = 16;
const PROTOTYPE_KEYS = new Set(['__proto__', 'constructor', 'prototype']);

/** Bytes as JavaScript has them. */
export function isBytes(value: unknown): boolean {
  return ArrayBuffer.isView(value) || value instanceof ArrayBuffer || value instanceof SharedArrayBuffer;
}

/**
 * Refuses what has no place in any request, before its fields are validated by name: names that reach a prototype, depth without end (also of an object that holds itself), and
 * what is not JSON: bytes, which Socket.IO can carry, and functions, symbols and big numbers, which only callers in this process have. Throws `INVALID_ARGUMENTS` with the field.
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
  if (isBytes(value)) return 'it must be plain JSON: send bytes as {"type":"Buffer","data":<base64>} where they are taken';
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
