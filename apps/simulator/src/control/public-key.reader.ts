import { createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import { ControlError, Fields } from './operation-fields.reader.js';

/** Labels of COSE keys, RFC 9053: key type, algorithm, curve, coordinates. */
const COSE = { keyType: 1, algorithm: 3, curve: -1, x: -2, y: -3 };
const EC2 = 2;
const ES256 = -7;
const P_256 = 1;

/** Reads `{spki}`, `{jwk}` or `{cose}`. @throws ControlError if it is none of them or not a public key */
export function readPublicKey(json: Record<string, unknown>): KeyObject {
  const fields = new Fields(json);
  try {
    if (json['jwk'] !== undefined) return createPublicKey({ key: fields.object('jwk') as JsonWebKey, format: 'jwk' });
    if (json['cose'] !== undefined) return readCose(readBytes('cose', fields.string('cose')));
    return createPublicKey({ key: readBytes('spki', fields.string('spki')), format: 'der', type: 'spki' });
  } catch (err) {
    if (err instanceof ControlError) throw err;
    throw new ControlError('publicKey must contain a public key as spki, jwk or cose');
  }
}

/** Decodes base64 or base64url. @throws ControlError */
export function readBytes(name: string, text: string): Buffer {
  if (!/^[A-Za-z0-9+/_-]+={0,2}$/.test(text)) throw new ControlError(`${name} must be base64 or base64url`);
  return Buffer.from(text.replaceAll('-', '+').replaceAll('_', '/'), 'base64');
}

/** Reads a P-256 key for ES256, the kind that platform and virtual authenticators create. Its CBOR is a map of small integers and two byte strings. */
function readCose(bytes: Buffer): KeyObject {
  const values = readCborMap(bytes);
  const [x, y] = [values.get(COSE.x), values.get(COSE.y)];
  const fits = values.get(COSE.keyType) === EC2 && values.get(COSE.algorithm) === ES256 && values.get(COSE.curve) === P_256;
  if (!fits || !Buffer.isBuffer(x) || !Buffer.isBuffer(y)) throw new ControlError('cose must be a P-256 key for ES256');
  return createPublicKey({ key: { kty: 'EC', crv: 'P-256', x: x.toString('base64url'), y: y.toString('base64url') }, format: 'jwk' });
}

function readCborMap(bytes: Buffer): Map<unknown, number | Buffer> {
  let at = 0;
  const argument = (info: number): number => {
    if (info < 24) return info;
    if (info === 24) return bytes.readUInt8(at++);
    throw new ControlError('cose contains values that a P-256 key does not have');
  };
  const item = (): number | Buffer => {
    const head = bytes.readUInt8(at++);
    const value = argument(head & 0x1f);
    switch (head >> 5) {
      case 0:
        return value;
      case 1:
        return -1 - value;
      case 2:
        at += value;
        return bytes.subarray(at - value, at);
      default:
        throw new ControlError('cose contains values that a P-256 key does not have');
    }
  };
  const head = bytes.readUInt8(at++);
  if (head >> 5 !== 5) throw new ControlError('cose must be a CBOR map');
  return new Map(Array.from({ length: argument(head & 0x1f) }, () => [item(), item()] as const));
}
