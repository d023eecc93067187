import type { LargePartJson } from '../generated/payload.catalog.js';

/**
 * Whether a value in a payload is a reference to a part of the event that was too large or too deeply nested for the log.
 * `client.media.download(value.$large.media, { session })` returns its content; `value.$large.form` says whether it is a text, bytes or JSON.
 */
export function isLargePart(value: unknown): value is LargePartJson {
  if (typeof value !== 'object' || value === null || !('$large' in value)) return false;
  const part = value.$large;
  return typeof part === 'object' && part !== null && 'form' in part && 'bytes' in part;
}
