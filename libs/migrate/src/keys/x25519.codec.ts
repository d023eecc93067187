import { createPrivateKey, createPublicKey } from 'node:crypto';
import { MigrateError } from '../device/migrate.error.js';

const PKCS8 = Buffer.from('302e020100300506032b656e04220420', 'hex');
const KEY_BYTES = 32;

/**
 * Returns the public key of a private key.
 * @throws {MigrateError} if the private key does not have 32 bytes
 */
export function publicKey(field: string, privateKey: Uint8Array): Uint8Array {
  if (privateKey.length !== KEY_BYTES) throw new MigrateError(field, `${field} has ${privateKey.length} bytes; it must have ${KEY_BYTES}.`);
  const key = createPrivateKey({ key: Buffer.concat([PKCS8, privateKey]), format: 'der', type: 'pkcs8' });
  return new Uint8Array(createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-KEY_BYTES));
}

/** Returns a public key with the prefix 5 that libsignal writes. */
export function typedKey(key: Uint8Array): Uint8Array {
  return key.length === KEY_BYTES ? Uint8Array.from([5, ...key]) : key;
}
