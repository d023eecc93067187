const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Encodes a record as the value of a key in a bucket: one JSON object. */
export const encodeJsonRecord = (record: object): Uint8Array => encoder.encode(JSON.stringify(record));

/**
 * Returns the record in the value of a key; `null` if it is damaged, that is, not a JSON object or refused by `isRecord`. Never throws, so that one damaged
 * record stops no process: each caller decides what to do without it.
 */
export function decodeJsonRecord<T extends object = Record<string, unknown>>(
  value: Uint8Array,
  isRecord: (record: Partial<T>) => boolean = () => true
): T | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(decoder.decode(value));
  } catch {
    return null;
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return null;
  return isRecord(parsed) ? (parsed as T) : null;
}
