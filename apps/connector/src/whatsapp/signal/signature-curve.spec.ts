import { randomBytes } from 'node:crypto';
import { Curve, generateSignalPubKey } from '../baileys.js';
import { fastCurve, pureJavaScriptCurve } from './signature-curve.js';
import { signingReady } from './xeddsa.signature.js';

const keys = Curve.generateKeyPair();
const publicKey = generateSignalPubKey(Buffer.from(keys.public));
const privateKey = Buffer.from(keys.private);
const message = randomBytes(100);
const drivers = { pureJavaScriptCurve, fastCurve };
const pairs = Object.entries(drivers).flatMap(([signs, a]) => Object.entries(drivers).map(([checks, b]) => [signs, checks, a, b] as const));

describe.each(pairs)('%s signs and %s verifies', (_signs, _checks, signer, checker) => {
  let signature: Buffer;

  beforeAll(async () => {
    await signingReady;
    signature = Buffer.from(signer.calculateSignature(privateKey, message));
  });

  test('a genuine signature is valid', () => expect(checker.verifySignature(publicKey, message, signature)).toBe(true));

  test('a changed bit invalidates the signature', () => {
    for (const at of [0, 31, 32, 62]) {
      const changed = Buffer.from(signature);
      changed[at]! ^= 1;
      expect(checker.verifySignature(publicKey, message, changed)).toBe(false);
    }
    expect(checker.verifySignature(publicKey, Buffer.concat([message, Buffer.of(0)]), signature)).toBe(false);
  });

  test('the signature of another key is invalid', () => {
    const other = generateSignalPubKey(Buffer.from(Curve.generateKeyPair().public));
    expect(checker.verifySignature(other, message, signature)).toBe(false);
  });
});

describe.each(Object.entries(drivers))('%s', (_name, curve) => {
  test('throws on a signature or key of the wrong length', () => {
    expect(() => curve.verifySignature(publicKey, message, Buffer.alloc(63))).toThrow();
    expect(() => curve.verifySignature(Buffer.alloc(31), message, Buffer.alloc(64))).toThrow();
    expect(() => curve.calculateSignature(Buffer.alloc(31), message)).toThrow();
  });

  test('accepts any signature of the right length without a check', () => {
    expect(curve.verifySignature(publicKey, message, Buffer.alloc(64), true)).toBe(true);
  });
});

test('a key without its type byte is the same key', () => {
  const signature = pureJavaScriptCurve.calculateSignature(privateKey, message);
  expect(fastCurve.verifySignature(Buffer.from(keys.public), message, signature)).toBe(true);
});

describe('the Curve of Baileys after the engine is loaded', () => {
  const signature = Buffer.from(Curve.sign(keys.private, message));

  test('accepts a genuine signature', () => expect(Curve.verify(keys.public, message, signature)).toBe(true));
  test('refuses 64 zero bytes', () => expect(Curve.verify(keys.public, message, Buffer.alloc(64))).toBe(false));
  test('refuses a signature of another message', () => expect(Curve.verify(keys.public, Buffer.from('other'), signature)).toBe(false));
  test('refuses a signature with another key', () => expect(Curve.verify(Curve.generateKeyPair().public, message, signature)).toBe(false));
  test.each([0, 63, 65])('refuses %i bytes without throwing', length =>
    expect(Curve.verify(keys.public, message, Buffer.alloc(length))).toBe(false)
  );
});
