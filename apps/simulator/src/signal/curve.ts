import { createHash, createPublicKey, randomBytes, verify as verifyEd25519 } from 'node:crypto';
import { ed25519 } from '@noble/curves/ed25519.js';

const PRIME = 2n ** 255n - 19n;
const { Point } = ed25519;
const ORDER = Point.Fn.ORDER;

const numberOf = (bytes: Uint8Array): bigint => BigInt(`0x${Buffer.from(bytes).reverse().toString('hex')}`);
const bytesOf = (value: bigint): Buffer => Buffer.from(value.toString(16).padStart(64, '0'), 'hex').reverse();

/** Returns the inverse of `value` in the field of Curve25519, by Fermat's little theorem. */
function inverse(value: bigint): bigint {
  let [result, base] = [1n, value % PRIME];
  for (let exponent = PRIME - 2n; exponent > 0n; exponent >>= 1n) {
    if (exponent & 1n) result = (result * base) % PRIME;
    base = (base * base) % PRIME;
  }
  return result;
}

const scalarOf = (...parts: Uint8Array[]): bigint => numberOf(createHash('sha512').update(Buffer.concat(parts)).digest()) % ORDER;

/**
 * Signs with XEdDSA as Signal uses it (signal.org/docs/specifications/xeddsa). Written
 * independently of the connector's version, so that a mistake in one becomes visible in the other.
 */
export function signWithCurve(privateKey: Uint8Array, message: Uint8Array): Buffer {
  const clamped = Buffer.from(privateKey);
  clamped.writeUInt8(clamped.readUInt8(0) & 0xf8, 0);
  clamped.writeUInt8((clamped.readUInt8(31) & 0x7f) | 0x40, 31);
  const scalar = numberOf(clamped) % ORDER;
  const point = Point.BASE.multiply(scalar).toBytes();
  const nonce = scalarOf(Buffer.from('fe'.padEnd(64, 'f'), 'hex'), clamped, message, randomBytes(64));
  const commitment = Point.BASE.multiply(nonce).toBytes();
  const response = (nonce + scalarOf(commitment, point, message) * scalar) % ORDER;
  const signature = Buffer.concat([commitment, bytesOf(response)]);
  signature.writeUInt8(signature.readUInt8(63) | (point.at(31)! & 0x80), 63);
  return signature;
}

/** Returns whether `signature` over `message` was made with the private half of `publicKey` (32 bytes, or 33 with the type byte). Never throws. */
export function verify(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  if (signature.length !== 64) return false;
  const key = Buffer.from(publicKey.length === 33 && publicKey[0] === 5 ? publicKey.subarray(1) : publicKey);
  if (key.length !== 32) return false;
  const u = numberOf(key) & (2n ** 255n - 1n);
  const y = ((u + PRIME - 1n) * inverse(u + 1n)) % PRIME;
  const point = bytesOf(y);
  const last = signature[63]!;
  point.writeUInt8(point.readUInt8(31) | (last & 0x80), 31);
  const plain = Buffer.concat([signature.subarray(0, 63), Buffer.from([last & 0x7f])]);
  try {
    return verifyEd25519(
      null,
      message,
      createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: point.toString('base64url') }, format: 'jwk' }),
      plain
    );
  } catch {
    return false;
  }
}
