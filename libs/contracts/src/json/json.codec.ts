/// <reference lib="es2024.string" />
import Long from 'long';

const MAX_DEPTH = 64;

/** Bytes in JSON: the form of Baileys' `BufferJSON`, so that its `reviver` understands our bodies. */
export interface BytesJson {
  type: 'Buffer';
  /** base64 */
  data: string;
}

/**
 * Plain JSON data of any Baileys payload, always in the same shape, whether the payload holds protobuf instances or plain objects:
 * bytes become `{type: 'Buffer', data: <base64>}`, `Long` and bigint become a number when exact and a decimal string otherwise, dates become ISO texts,
 * errors become `{name, message, statusCode?}`, enums stay numbers, `undefined` and functions are left out, maps become objects, sets become arrays.
 * Texts are well-formed, keys too: half a surrogate pair, which RFC 8259, 8.2, calls unpredictable and many parsers refuse, becomes U+FFFD.
 */
export function toJsonValue(value: unknown, depth = 0): unknown {
  if (depth > MAX_DEPTH) throw new RangeError(`payload is nested deeper than ${MAX_DEPTH} levels`);
  switch (typeof value) {
    case 'string':
      return wellFormed(value);
    case 'boolean':
      return value;
    case 'number':
      return Number.isFinite(value) ? value : null;
    case 'bigint':
      return exactNumber(value.toString());
    case 'undefined':
    case 'function':
    case 'symbol':
      return undefined;
    case 'object':
      return value === null ? null : objectToJson(value, depth + 1);
  }
}

/** The JSON text of a payload; see `toJsonValue`. */
export function encodeJson(value: unknown): string {
  return JSON.stringify(toJsonValue(value)) ?? 'null';
}

/** The value in a JSON text, with bytes revived as `Uint8Array`. Throws `SyntaxError` when the text is not JSON. */
export function decodeJson(text: string): unknown {
  return JSON.parse(text, (_key, value: unknown) => (isBytesJson(value) ? new Uint8Array(Buffer.from(value.data, 'base64')) : value));
}

export function isBytesJson(value: unknown): value is BytesJson {
  if (typeof value !== 'object' || value === null || Object.keys(value).length !== 2) return false;
  const candidate = value as Partial<BytesJson>;
  return candidate.type === 'Buffer' && typeof candidate.data === 'string';
}

function objectToJson(value: object, depth: number): unknown {
  if (value instanceof Uint8Array) return bytesToJson(value);
  if (Long.isLong(value)) return exactNumber(value.toString());
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (value instanceof Error) return errorToJson(value);
  if (Array.isArray(value)) return value.map(item => toJsonValue(item, depth) ?? null);
  if (value instanceof Set) return [...value].map(item => toJsonValue(item, depth) ?? null);
  const entries = value instanceof Map ? [...value].map(([k, v]) => [String(k), v] as const) : Object.entries(value);
  const result: Record<string, unknown> = {};
  const isMessage = isProtobufMessage(value);
  for (const [name, item] of entries) {
    const key = wellFormed(name);
    // A protobuf instance has an empty array for every repeated field; in protobuf that means the same as a missing one.
    if (isMessage && Array.isArray(item) && item.length === 0) continue;
    const json = toJsonValue(item, depth);
    if (json === undefined) continue;
    // `__proto__` from a hostile peer must become data, not a prototype.
    if (key === '__proto__') Object.defineProperty(result, key, { value: json, enumerable: true, configurable: true, writable: true });
    else result[key] = json;
  }
  return result;
}

/** Looking is cheap, and most texts are as they should be. */
function wellFormed(text: string): string {
  return text.isWellFormed() ? text : text.toWellFormed();
}

function isProtobufMessage(value: object): boolean {
  return typeof (value.constructor as { encode?: unknown } | undefined)?.encode === 'function';
}

function bytesToJson(bytes: Uint8Array): BytesJson {
  return { type: 'Buffer', data: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64') };
}

function exactNumber(digits: string): number | string {
  const number = Number(digits);
  return Number.isSafeInteger(number) ? number : digits;
}

function errorToJson(error: Error): unknown {
  const statusCode = (error as { output?: { statusCode?: unknown } }).output?.statusCode;
  return { name: wellFormed(error.name), message: wellFormed(error.message), ...(typeof statusCode === 'number' ? { statusCode } : {}) };
}
