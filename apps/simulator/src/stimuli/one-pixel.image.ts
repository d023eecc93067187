import { randomBytes } from 'node:crypto';

const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==', 'base64');

/** The smallest picture there is, made unique by bytes after its end, which readers ignore. */
export function onePixelPng(): Buffer {
  return Buffer.concat([PNG, randomBytes(8)]);
}
