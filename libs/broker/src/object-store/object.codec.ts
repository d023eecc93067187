import { decodeJsonRecord } from '@wabus/contracts';
import type { StoredObject } from './object-store.js';

/** The stream behind an object store. */
export const objectStreamName = (store: string): string => `OBJ_${store}`;

/** The subject of what is known of a file (`M`) or of a piece of one (`C`). Throws a plain error on a name that is not made of the characters of subjects. */
export function objectSubject(store: string, part: 'M' | 'C', name: string): string {
  if (!/^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*$/.test(name)) throw new RangeError(`invalid object name: ${name}`);
  return `$O.${store}.${part}.${name}`;
}

/** `null` for a damaged record: the file counts as gone, and its pieces expire. */
export function decodeObject(bytes: Uint8Array): StoredObject | null {
  return decodeJsonRecord<StoredObject>(
    bytes,
    ({ name, bytes: size, content }) =>
      typeof name === 'string' && typeof size === 'number' && typeof content?.id === 'string' && content.chunkBytes > 0
  );
}
