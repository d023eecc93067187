import type { LargePartJson } from '../generated/payload.catalog.js';

/**
 * Whether a value in a payload stands for a part of the event that was too large or too deep for the log. `client.media.download(value.$large.media, { session })` fetches its content,
 * which is a text, bytes or JSON as `value.$large.form` says.
 */
export function isLargePart(value: unknown): value is LargePartJson {
  if (typeof value !== 'object' || value === null || !('$large' in value)) return false;
  const part = value.$large;
  return typeof part === 'object' && part !== null && 'form' in part && 'bytes' in part;
}
