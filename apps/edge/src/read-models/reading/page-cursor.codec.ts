import { WabusError } from '@wabus/contracts';
import type { SortKey } from './page.state.js';

export function encodePageCursor(key: SortKey | null): string | null {
  return key && Buffer.from(JSON.stringify(key), 'utf8').toString('base64url');
}

/** Throws `INVALID_REQUEST` on what is no cursor of a list that is sorted this way. */
export function decodePageCursor(
  cursor: string | null,
  { field, sortedBy }: { field: string; sortedBy: 'number' | 'string' }
): SortKey | null {
  if (cursor === null) return null;
  try {
    const key = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as unknown;
    if (Array.isArray(key) && key.length === 2 && typeof key[0] === sortedBy && typeof key[1] === 'string')
      return key as unknown as SortKey;
  } catch {
    // Said below.
  }
  throw new WabusError('INVALID_REQUEST', { message: `${field} is a cursor that a page of this list gave.`, details: { field } });
}
