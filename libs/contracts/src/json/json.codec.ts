/// <reference lib="es2024.string" />
import Long from 'long';

const MAX_DEPTH = 64;

/** Bytes in JSON: the form of Baileys' `BufferJSON`, so that its `reviver` understands our bodies. */
export interface BytesJson {
  type: 'Buffer';
  /** base64 */
  data: string;
}

/** How parts that are nested too deeply are replaced. */
export interface DeepParts {
  /** Levels that stay. */
  readonly depth: number;
  /** JSON data instead of an object or a list below them, which is the value of `field`, or in a list that is. */
  readonly replace: (value: object, field: string) => unknown;
}

const REFUSED: DeepParts = {
  depth: MAX_DEPTH,
  replace: () => {
    throw new RangeError(`payload is nested more than ${MAX_DEPTH} levels deep`);
  }
};

/**
 * Plain JSON data of any Baileys payload, always in the same shape, whether the payload holds protobuf instances or plain objects:
 * bytes become `{type: 'Buffer', data: <base64>}`, `Long` and bigint become a number when exact and a decimal string otherwise, dates become ISO texts,
 * errors become `{name, message, statusCode?}`, enums stay numbers, `undefined` and functions are left out, maps become objects, sets become arrays.
 * Texts are well-formed, keys too: half a surrogate pair, which RFC 8259, 8.2, calls unpredictable and many parsers refuse, becomes U+FFFD.
 * Throws `RangeError` for a payload with more than 64 levels unless `deep` replaces them.
 */
export function toJsonValue(value: unknown, deep: DeepParts = REFUSED): unknown {
  return valueAt(value, deep, 0, '');
}

/** Runs for every part of every event: it makes nothing but the result. */
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

/** Says that a value is a list or an object with fields. */
export const NOT_A_LEAF = Symbol('not a leaf');

/** The JSON of a value without parts of its own, `undefined` when it has none. */
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

/** Whether a value becomes a list. */
export const isList = (value: unknown): value is Iterable<unknown> => Array.isArray(value) || value instanceof Set;

/** The fields of an object that becomes one. */
export function namedItems(value: object): (readonly [name: string, item: unknown])[] {
  const entries = value instanceof Map ? [...value].map(([k, v]) => [String(k), v] as const) : Object.entries(value);
  const isMessage = isProtobufMessage(value);
  return entries.filter(([, item]) => !(isMessage && isEmptyList(item))).map(([name, item]) => [wellFormed(name), item] as const);
}

/** Looking is cheap, and most texts are as they should be. */
function wellFormed(text: string): string {
  return text.isWellFormed() ? text : text.toWellFormed();
}

/** A protobuf instance has one for every repeated field; in protobuf that means the same as a missing one. */
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
