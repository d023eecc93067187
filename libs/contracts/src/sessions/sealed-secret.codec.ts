import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { WabusError } from '../errors/wabus-error.js';
import { TransferOpener, TransferSealer } from './transfer-seal.codec.js';

/** A short secret that only connectors can decrypt. */
export interface SealedSecret {
  /** The id of the connectors' key, in hex. */
  readonly key: string;
  /** The sealed secret in base64. */
  readonly content: string;
}

/** The public key that connectors publish, so that others can seal secrets for them. */
export interface SealingKey {
  readonly key: string;
  /** An X25519 key of 32 bytes, in base64. */
  readonly publicKey: string;
}

/** The DER bytes that precede the 32 bytes of a PKCS #8 key. */
const PKCS8 = Buffer.from('302e020100300506032b656e04220420', 'hex');

/**
 * Seals a secret for the connectors. `context` states its purpose: it cannot be opened for any other, so that nobody with write access to a record can move a
 * secret to another session or another host.
 */
export function sealSecret({ key, publicKey }: SealingKey, context: string, secret: string): SealedSecret {
  return { key, content: new TransferSealer(publicKey, context).seal(Buffer.from(secret, 'utf8')).content };
}

/**
 * Opens a secret with the private key from `sealingKeyPair`.
 * @throws {WabusError} `INVALID_REQUEST` if the secret was sealed for another key or context
 */
export function openSecret(privateKey: KeyObject, context: string, { content }: SealedSecret): string {
  return new TransferOpener(context, privateKey).open({ index: 0, content }).toString('utf8');
}

/** Returns the key pair that is derived from 32 secret bytes. */
export function sealingKeyPair(seed: Uint8Array): { privateKey: KeyObject; publicKey: string } {
  if (seed.length !== 32) throw new WabusError('INTERNAL', { cause: new RangeError('a sealing key must be 32 bytes long') });
  const privateKey = createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: 'der', type: 'pkcs8' });
  return { privateKey, publicKey: createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).subarray(-32).toString('base64') };
}
