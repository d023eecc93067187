/** The server refuses deeper arguments. */
const MAX_DEPTH = 32;
/** The number of bytes that are converted at a time. It is a multiple of 3, so that the parts of the base64 text can be concatenated. */
const CHUNK = 24_576;

/**
 * Returns arguments in which bytes (`Buffer`, `Uint8Array`, `ArrayBuffer`) have their JSON form, `{type: 'Buffer', data: <base64>}`. Socket.IO would send bytes
 * as attachments, which no command accepts. Everything else is unchanged.
 */
export function bytesAsJson(value: unknown, depth = 0): unknown {
  if (typeof value !== 'object' || value === null || depth > MAX_DEPTH) return value;
  if (value instanceof ArrayBuffer) return jsonOf(new Uint8Array(value));
  if (ArrayBuffer.isView(value)) return jsonOf(new Uint8Array(value.buffer, value.byteOffset, value.byteLength));
  if (Array.isArray(value)) return value.map(item => bytesAsJson(item, depth + 1));
  // Objects that define their own JSON, such as dates.
  if (typeof (value as { toJSON?: unknown }).toJSON === 'function') return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, bytesAsJson(item, depth + 1)]));
}

function jsonOf(bytes: Uint8Array): { type: 'Buffer'; data: string } {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += CHUNK) parts.push(btoa(String.fromCharCode(...bytes.subarray(at, at + CHUNK))));
  return { type: 'Buffer', data: parts.join('') };
}
