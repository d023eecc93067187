import { Curve } from '../baileys.js';

const keys = Curve.generateKeyPair();
const message = Buffer.from('details of a certificate');
const signature = Buffer.from(Curve.sign(keys.private, message));

describe('the Curve of Baileys, after the engine is loaded', () => {
  test('accepts a genuine signature', () => expect(Curve.verify(keys.public, message, signature)).toBe(true));
  test('refuses 64 zero bytes', () => expect(Curve.verify(keys.public, message, Buffer.alloc(64))).toBe(false));
  test('refuses a signature of something else', () => expect(Curve.verify(keys.public, Buffer.from('other'), signature)).toBe(false));
  test('refuses a signature by somebody else', () => expect(Curve.verify(Curve.generateKeyPair().public, message, signature)).toBe(false));
  test.each([0, 63, 65])('refuses %i bytes without throwing', length =>
    expect(Curve.verify(keys.public, message, Buffer.alloc(length))).toBe(false)
  );
});
