const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** The value of a key in a bucket: one JSON object. */
export const encodeJsonRecord = (record: object): Uint8Array => encoder.encode(JSON.stringify(record));

/**
 * The record in the value of a key.
 * `null` for a damaged one: what is not JSON object, or is not what `isRecord` asks for.
 * Never throws, so that one damaged record stops nobody: each caller says what it does without the record.
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
