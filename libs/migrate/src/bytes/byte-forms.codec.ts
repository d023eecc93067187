import { fromBase64, toBase64 } from './base64.codec.js';

/** Bytes in the neutral form, which is that of Baileys' `BufferJSON`. */
export interface NeutralBytes {
  readonly type: 'Buffer';
  /** The bytes in base64. */
  readonly data: string;
}

const MAX_DEPTH = 64;

export function bytesJson(bytes: Uint8Array): NeutralBytes {
  return { type: 'Buffer', data: toBase64(bytes) };
}

/**
 * Returns the same data with all bytes in the neutral form. It recognizes `{type: 'Buffer', data}` with base64 or a list of numbers, `{buffer: true, data}`,
 * `{buffer: true, value}`, an object with the keys 0 to n-1, and byte arrays. Base64 in a plain string remains a string, because only the field determines its
 * meaning; see `asBytes`.
 * @throws {RangeError} if the data is nested too deeply
 */
export function neutralBytes(value: unknown, depth = 0): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (depth > MAX_DEPTH) throw new RangeError(`nested more than ${MAX_DEPTH} levels deep`);
  const bytes = markedBytes(value);
  if (bytes !== null) return bytesJson(bytes);
  if (Array.isArray(value)) return value.map(item => neutralBytes(item, depth + 1));
  const entries = Object.entries(value).map(([name, item]) => [name, neutralBytes(item, depth + 1)] as const);
  return Object.fromEntries(entries);
}

/** Returns the bytes in a value of any form, including base64 texts and lists of numbers; `null` if it has none. */
export function asBytes(value: unknown): Uint8Array | null {
  if (typeof value === 'string') return fromBase64(value);
  if (typeof value !== 'object' || value === null) return null;
  return markedBytes(value) ?? numbers(value);
}

function markedBytes(value: object): Uint8Array | null {
  if (value instanceof Uint8Array) return value;
  const { type, buffer, data, value: content } = value as Partial<Record<'type' | 'buffer' | 'data' | 'value', unknown>>;
  if (type === 'Buffer' || buffer === true) {
    const inner = data ?? content ?? [];
    if (typeof inner === 'string') return fromBase64(inner);
    return typeof inner === 'object' && inner !== null ? (inner instanceof Uint8Array ? inner : numbers(inner)) : null;
  }
  return Array.isArray(value) ? null : numbers(value);
}

/**
 * Returns the bytes in a list of numbers, or in an object with the keys 0 to n-1, which is the plain JSON of a `Uint8Array`. An empty object does not count.
 */
function numbers(value: object): Uint8Array | null {
  const items: unknown[] = Array.isArray(value) ? (value as unknown[]) : Object.values(value);
  if (!Array.isArray(value) && (items.length === 0 || !Object.keys(value).every((key, index) => key === String(index)))) return null;
  if (!items.every(item => Number.isInteger(item) && (item as number) >= 0 && (item as number) < 256)) return null;
  return Uint8Array.from(items as number[]);
}
