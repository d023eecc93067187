/// <reference lib="es2024.string" />
import Long from 'long';

const MAX_DEPTH = 64;

/** Bytes in JSON, in the form of Baileys' `BufferJSON`, whose `reviver` can therefore parse the bodies of Wabus. */
export interface BytesJson {
  type: 'Buffer';
  /** The bytes in base64. */
  data: string;
}

/** How to replace parts that are nested too deeply. */
export interface DeepParts {
  /** The number of levels to keep. */
  readonly depth: number;
  /** Returns the JSON data that replaces an object or list below those levels. `field` is the field whose value it is; inside a list, the field of the list. */
  readonly replace: (value: object, field: string) => unknown;
}

const REFUSED: DeepParts = {
  depth: MAX_DEPTH,
  replace: () => {
    throw new RangeError(`payload is nested more than ${MAX_DEPTH} levels deep`);
  }
};

/**
 * Converts any Baileys payload to plain JSON data. The result has the same form whether the payload consists of protobuf instances or plain objects:
 *
 * - Bytes become `{type: 'Buffer', data: <base64>}`.
 * - `Long` and bigint become a number if it is exact, otherwise a decimal string.
 * - Dates become ISO texts, errors become `{name, message, statusCode?}`, maps become objects, and sets become arrays.
 * - Enums remain numbers; `undefined` and functions are omitted.
 * - Texts and keys become well-formed: half a surrogate pair, which RFC 8259, 8.2, calls unpredictable and many parsers refuse, becomes U+FFFD.
 *
 * @throws {RangeError} for a payload with more than 64 levels, unless `deep` replaces them
 */
export function toJsonValue(value: unknown, deep: DeepParts = REFUSED): unknown {
  return valueAt(value, deep, 0, '');
}

/** It runs for every part of every event, so it allocates only the result. */
function valueAt(value: unknown, deep: DeepParts, depth: number, field: string): unknown {
  const leaf = leafToJson(value);
  if (leaf !== NOT_A_LEAF) return leaf;
  if (depth >= deep.depth) return deep.replace(value as object, field);
  if (isList(value)) return Array.from(value, item => valueAt(item, deep, depth + 1, field) ?? null);
  const fields = (value instanceof Map ? Object.fromEntries(value) : value) as Record<string, unknown>;
  const isMessage = isProtobufMessage(value as object);
  const result: Record<string, unknown> = {};
  for (const name of Object.keys(fields)) {
    const item = fields[name];
    if (isMessage && isEmptyList(item)) continue;
    const key = wellFormed(name);
    const json = valueAt(item, deep, depth + 1, key);
    if (json === undefined) continue;
    // `__proto__` from a hostile peer must become data, not a prototype.
    if (key === '__proto__') Object.defineProperty(result, key, { value: json, enumerable: true, configurable: true, writable: true });
    else result[key] = json;
  }
  return result;
}

/** Returns the JSON text of a payload in the form of `toJsonValue`. */
export function encodeJson(value: unknown): string {
  return JSON.stringify(toJsonValue(value)) ?? 'null';
}

/**
 * Parses a JSON text; bytes become `Uint8Array`.
 * @throws {SyntaxError} if the text is not JSON
 */
export function decodeJson(text: string): unknown {
  return JSON.parse(text, (_key, value: unknown) => (isBytesJson(value) ? new Uint8Array(Buffer.from(value.data, 'base64')) : value));
}

export function isBytesJson(value: unknown): value is BytesJson {
  if (typeof value !== 'object' || value === null || Object.keys(value).length !== 2) return false;
  const candidate = value as Partial<BytesJson>;
  return candidate.type === 'Buffer' && typeof candidate.data === 'string';
}

/** Returned by `leafToJson` for a list or an object with fields. */
export const NOT_A_LEAF = Symbol('not a leaf');

/** Returns the JSON of a value that has no parts, `undefined` if it has no JSON, and `NOT_A_LEAF` for a list or an object with fields. */
export function leafToJson(value: unknown): unknown {
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
      return value === null ? null : objectToJson(value);
  }
}

function objectToJson(value: object): unknown {
  if (value instanceof Uint8Array) return bytesToJson(value);
  if (Long.isLong(value)) return exactNumber(value.toString());
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (value instanceof Error) return errorToJson(value);
  return NOT_A_LEAF;
}

/** Whether a value becomes a JSON array. */
export const isList = (value: unknown): value is Iterable<unknown> => Array.isArray(value) || value instanceof Set;

/** Returns the fields of a value that becomes a JSON object. */
export function namedItems(value: object): (readonly [name: string, item: unknown])[] {
  const entries = value instanceof Map ? [...value].map(([k, v]) => [String(k), v] as const) : Object.entries(value);
  const isMessage = isProtobufMessage(value);
  return entries.filter(([, item]) => !(isMessage && isEmptyList(item))).map(([name, item]) => [wellFormed(name), item] as const);
}

/** Checking is cheap, and most texts are well-formed already. */
function wellFormed(text: string): string {
  return text.isWellFormed() ? text : text.toWellFormed();
}

/** A protobuf instance has an empty list for each missing repeated field; protobuf does not distinguish the two. */
const isEmptyList = (item: unknown): boolean => Array.isArray(item) && item.length === 0;

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
