import Long from 'long';

/** A copy made of plain objects, arrays and `Buffer`s only, whatever protobuf instances the value holds: exact numbers for `Long`, no `undefined`. */
export function plainCopy(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return typeof value === 'function' ? undefined : value;
  if (value instanceof Uint8Array) return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  if (Long.isLong(value)) return Number.isSafeInteger(value.toNumber()) ? value.toNumber() : value.toString();
  if (Array.isArray(value)) return value.map(plainCopy);
  const copies = Object.entries(value).map(([key, item]) => [key, plainCopy(item)] as const);
  return Object.fromEntries(copies.filter(([, item]) => item !== undefined));
}
