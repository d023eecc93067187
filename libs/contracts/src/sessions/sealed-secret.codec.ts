import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { WabusError } from '../errors/wabus-error.js';
import { TransferOpener, TransferSealer } from './transfer-seal.codec.js';

/** A short secret that only connectors can read. */
export interface SealedSecret {
  /** The id of the key of the connectors, in hex. */
  readonly key: string;
  /** base64 */
  readonly content: string;
}

/** What connectors publish so that others can seal secrets for them. */
export interface SealingKey {
  readonly key: string;
  /** X25519, 32 bytes in base64. */
  readonly publicKey: string;
}

/** DER of a PKCS #8 key before its 32 bytes. */
const PKCS8 = Buffer.from('302e020100300506032b656e04220420', 'hex');

/**
 * Seals a secret for the connectors. `context` says what it is for: opened for anything else it is refused, so that nobody who can write a record moves a
 * secret to another session or another host.
 */
export function sealSecret({ key, publicKey }: SealingKey, context: string, secret: string): SealedSecret {
  return { key, content: new TransferSealer(publicKey, context).seal(Buffer.from(secret, 'utf8')).content };
}

/** The secret, by the private key that `sealingKeyPair` made. @throws {WabusError} `INVALID_REQUEST` when it was sealed for another key or context. */
export function openSecret(privateKey: KeyObject, context: string, { content }: SealedSecret): string {
  return new TransferOpener(context, privateKey).open({ index: 0, content }).toString('utf8');
}

/** The pair of 32 secret bytes. */
export function sealingKeyPair(seed: Uint8Array): { privateKey: KeyObject; publicKey: string } {
  if (seed.length !== 32) throw new WabusError('INTERNAL', { cause: new RangeError('a sealing key must be 32 bytes long') });
  const privateKey = createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: 'der', type: 'pkcs8' });
  return { privateKey, publicKey: createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).subarray(-32).toString('base64') };
}
