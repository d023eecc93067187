import { decodeJsonRecord } from '@wabus/contracts';
import type { StoredObject } from './object-store.js';

/** Returns the name of the stream of an object store. */
export const objectStreamName = (store: string): string => `OBJ_${store}`;

/**
 * Returns the subject of a file's metadata (`M`) or of one of its chunks (`C`). Throws a `RangeError` if the name has characters that subjects do not allow.
 */
export function objectSubject(store: string, part: 'M' | 'C', name: string): string {
  if (!/^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*$/.test(name)) throw new RangeError(`invalid object name: ${name}`);
  return `$O.${store}.${part}.${name}`;
}

/** Returns `null` for a damaged record: the file counts as gone, and its chunks expire. */
export function decodeObject(bytes: Uint8Array): StoredObject | null {
  return decodeJsonRecord<StoredObject>(
    bytes,
    ({ name, bytes: size, content }) =>
      typeof name === 'string' && typeof size === 'number' && typeof content?.id === 'string' && content.chunkBytes > 0
  );
}
