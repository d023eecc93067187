import { createHash, createPublicKey, randomBytes, verify, type KeyObject } from 'node:crypto';
import sodium from 'libsodium-wrappers-sumo';
import { LRUCache } from 'lru-cache';

/**
 * XEdDSA: Ed25519 signatures with X25519 keys, in the form that Signal deployed, where the last bit of the signature contains the sign of the Edwards point.
 * Source: "The XEdDSA and VXEdDSA Signature Schemes", signal.org, 2016, and `curve25519-js`, which libsignal uses and the tests compare with.
 * OpenSSL verifies, libsodium multiplies the base point: neither needs code under the AGPL, and together they are faster than the WebAssembly in Baileys.
 */
const FIELD_PRIME = 2n ** 255n - 19n;
const NONCE_PREFIX = Buffer.concat([Buffer.from([0xfe]), Buffer.alloc(31, 0xff)]);
const SIGN_BIT = 0x80;
const SIGNATURE_LENGTH = 64;
const LAST = SIGNATURE_LENGTH - 1;

/** The number of cached keys: sender keys and identities recur with every message, and deriving them again would cost a third of the work. */
const KEPT_KEYS = 4096;

interface SigningKey {
  clamped: Buffer;
  scalar: Uint8Array;
  edwards: Uint8Array;
}

let ready = false;

/**
 * Resolves once `signMessage` may be called. Not a top-level await: modules that are imported together with an awaiting module are evaluated before it is done,
 * so Baileys would be loaded before its curve is replaced.
 */
export const signingReady: Promise<void> = sodium.ready.then(() => {
  ready = true;
});

/** Whether libsodium is compiled, which takes some milliseconds after the start of the process. */
export function canSign(): boolean {
  return ready;
}

const signingKeys = new LRUCache<string, SigningKey>({ max: KEPT_KEYS });
const verifyingKeys = new LRUCache<string, KeyObject>({ max: KEPT_KEYS });

/** Signs with the private half of an X25519 pair (32 bytes), once `canSign()`. The nonce is random: two signatures of one message differ. */
export function signMessage(privateKey: Uint8Array, message: Uint8Array): Buffer {
  const key = signingKey(privateKey);
  const nonce = sodium.crypto_core_ed25519_scalar_reduce(sha512(NONCE_PREFIX, key.clamped, message, randomBytes(64)));
  const commitment = sodium.crypto_scalarmult_ed25519_base_noclamp(nonce);
  const challenge = sodium.crypto_core_ed25519_scalar_reduce(sha512(commitment, key.edwards, message));
  const response = sodium.crypto_core_ed25519_scalar_add(nonce, sodium.crypto_core_ed25519_scalar_mul(challenge, key.scalar));
  const signature = Buffer.concat([commitment, response]);
  signature[LAST]! |= key.edwards[31]! & SIGN_BIT;
  return signature;
}

/** Whether `signature` (64 bytes) over `message` was made with the private half of `publicKey` (32 bytes, without a type byte). */
export function verifyMessage(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  const plain = Buffer.from(signature);
  const signBit = plain[LAST]! & SIGN_BIT;
  plain[LAST]! &= ~SIGN_BIT;
  const key = verifyingKey(publicKey, signBit);
  return key !== undefined && verify(null, message, key, plain);
}

function signingKey(privateKey: Uint8Array): SigningKey {
  // The cache uses a hash, so that no private key stays in memory as a string.
  const id = createHash('sha256').update(privateKey).digest('base64');
  const kept = signingKeys.get(id);
  if (kept) return kept;
  const clamped = Buffer.from(privateKey);
  clamped[0]! &= 248;
  clamped[31] = (clamped[31]! & 127) | 64;
  const scalar = sodium.crypto_core_ed25519_scalar_reduce(Buffer.concat([clamped, Buffer.alloc(32)]));
  const key = { clamped, scalar, edwards: sodium.crypto_scalarmult_ed25519_base_noclamp(scalar) };
  signingKeys.set(id, key);
  return key;
}

function verifyingKey(publicKey: Uint8Array, signBit: number): KeyObject | undefined {
  const id = `${Buffer.from(publicKey).toString('latin1')}${signBit}`;
  const kept = verifyingKeys.get(id);
  if (kept) return kept;
  const edwards = edwardsPoint(publicKey, signBit);
  if (!edwards) return undefined;
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: edwards.toString('base64url') }, format: 'jwk' });
  verifyingKeys.set(id, key);
  return key;
}

/** Applies the birational map of RFC 7748, section 4.1: y = (u - 1) / (u + 1). Returns `undefined` for u = -1, which no honest key has. */
function edwardsPoint(publicKey: Uint8Array, signBit: number): Buffer | undefined {
  const masked = Buffer.from(publicKey);
  masked[31]! &= ~SIGN_BIT;
  const u = BigInt(`0x${masked.reverse().toString('hex')}`);
  const divisor = inverse(u + 1n);
  if (divisor === undefined) return undefined;
  const y = positive((u - 1n) * divisor);
  const point = Buffer.from(y.toString(16).padStart(64, '0'), 'hex').reverse();
  point[31]! |= signBit;
  return point;
}

/** Returns the modular inverse by Euclid's algorithm, in a tenth of the time of an exponentiation. It is not constant-time: use it only for public keys. */
function inverse(value: bigint): bigint | undefined {
  let [remainder, next] = [FIELD_PRIME, positive(value)];
  let [factor, nextFactor] = [0n, 1n];
  while (next > 0n) {
    const quotient = remainder / next;
    [remainder, next] = [next, remainder - quotient * next];
    [factor, nextFactor] = [nextFactor, factor - quotient * nextFactor];
  }
  return remainder === 1n ? positive(factor) : undefined;
}

function positive(value: bigint): bigint {
  const rest = value % FIELD_PRIME;
  return rest < 0n ? rest + FIELD_PRIME : rest;
}

function sha512(...parts: Uint8Array[]): Buffer {
  const hash = createHash('sha512');
  for (const part of parts) hash.update(part);
  return hash.digest();
}
