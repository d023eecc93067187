import { Curve } from '../baileys.js';
import { opensslAgreement, sodiumAgreement } from './agreement-curve.js';
import { requireSilently } from './libsignal.loader.js';
import { pureJavaScriptCurve } from './signature-curve.js';
import { signingReady } from './xeddsa.signature.js';

const drivers = { opensslAgreement, sodiumAgreement };
const pairs = Object.entries(drivers).flatMap(([one, a]) => Object.entries(drivers).map(([other, b]) => [one, other, a, b] as const));

beforeAll(() => signingReady);

test.each(pairs)('%s and %s agree on a secret', (_one, _other, a, b) => {
  const [ours, theirs] = [a.generateKeyPair(), b.generateKeyPair()];
  const secret = Buffer.from(a.calculateAgreement(theirs.pubKey, ours.privKey));
  expect(secret).toHaveLength(32);
  expect(secret.equals(b.calculateAgreement(ours.pubKey, theirs.privKey))).toBe(true);
});

describe.each(Object.entries(drivers))('%s', (_name, curve) => {
  const { pubKey, privKey } = opensslAgreement.generateKeyPair();

  test('creates distinct pairs in the form of libsignal', () => {
    const [one, other] = [curve.generateKeyPair(), curve.generateKeyPair()];
    expect([one.pubKey.length, one.pubKey[0], one.privKey.length]).toEqual([33, 5, 32]);
    expect([one.privKey[0]! & 7, one.privKey[31]! >> 6]).toEqual([0, 1]);
    expect(one.privKey.equals(other.privKey)).toBe(false);
  });

  test('creates pairs that can sign', () => {
    const pair = curve.generateKeyPair();
    const signature = pureJavaScriptCurve.calculateSignature(pair.privKey, Buffer.from('message'));
    expect(pureJavaScriptCurve.verifySignature(pair.pubKey, Buffer.from('message'), signature)).toBe(true);
  });

  test('refuses keys with another length or form', () => {
    expect(() => curve.calculateAgreement(pubKey, privKey.subarray(1))).toThrow();
    expect(() => curve.calculateAgreement(pubKey.subarray(2), privKey)).toThrow();
    expect(() => curve.calculateAgreement(pubKey, new Uint8Array(privKey))).toThrow();
  });

  test('refuses a public key that makes all secrets equal', () => {
    expect(() => curve.calculateAgreement(Buffer.concat([Buffer.from([5]), Buffer.alloc(32)]), privKey)).toThrow();
  });
});

test('is used by Baileys once the engine is loaded', () => {
  expect(requireSilently('libsignal/src/curve.js')).toMatchObject(sodiumAgreement);
  const [ours, theirs] = [Curve.generateKeyPair(), Curve.generateKeyPair()];
  expect(Curve.sharedKey(ours.private, theirs.public)).toEqual(Curve.sharedKey(theirs.private, ours.public));
});
