import { createPublicKey, verify } from 'node:crypto';

const SPKI = Buffer.from('302a300506032b6570032100', 'hex');
const P = 2n ** 255n - 19n;
const SIGN_BIT = 0x80;

/**
 * Whether a Curve25519 key (32 bytes) has signed a message as Signal does (XEdDSA): with an Ed25519 signature whose highest bit is the sign of the point, for
 * the Edwards form of the key.
 */
export function verifySignature(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  if (publicKey.length !== 32 || signature.length !== 64) return false;
  const u = numberOf(publicKey) % P;
  if (u === P - 1n) return false;
  const point = bytesOf(((u - 1n + P) * inverse(u + 1n)) % P);
  const plain = Uint8Array.from(signature);
  point[31]! |= plain[63]! & SIGN_BIT;
  plain[63]! &= ~SIGN_BIT;
  try {
    return verify(null, message, createPublicKey({ key: Buffer.concat([SPKI, point]), format: 'der', type: 'spki' }), plain);
  } catch {
    return false;
  }
}

/** Reads a little-endian number and ignores its highest bit. */
function numberOf(bytes: Uint8Array): bigint {
  const copy = Uint8Array.from(bytes);
  copy[31]! &= ~SIGN_BIT;
  return BigInt(`0x${Buffer.from(copy.reverse()).toString('hex')}`);
}

function bytesOf(number: bigint): Uint8Array {
  return Uint8Array.from(Buffer.from(number.toString(16).padStart(64, '0'), 'hex')).reverse();
}

/** Uses Fermat's little theorem, because P is prime. */
function inverse(number: bigint): bigint {
  let result = 1n;
  let base = number % P;
  for (let exponent = P - 2n; exponent > 0n; exponent >>= 1n) {
    if (exponent & 1n) result = (result * base) % P;
    base = (base * base) % P;
  }
  return result;
}
