import { randomBytes } from 'node:crypto';
import { Curve } from '../baileys.js';
import { pureJavaScriptCurve } from './signature-curve.js';
import { canSign, signingReady, signMessage, verifyMessage } from './xeddsa.signature.js';

const GROUP_ORDER = 2n ** 252n + 27742317777372353535851937790883648493n;

function pair(): { publicKey: Buffer; privateKey: Buffer } {
  const { public: publicKey, private: privateKey } = Curve.generateKeyPair();
  return { publicKey: Buffer.from(publicKey), privateKey: Buffer.from(privateKey) };
}

const littleEndian = (bytes: Uint8Array): bigint => BigInt(`0x${Buffer.from(bytes).reverse().toString('hex')}`);
const bytesOf = (value: bigint): Buffer => Buffer.from(value.toString(16).padStart(64, '0'), 'hex').reverse();

beforeAll(() => signingReady);

describe('XEdDSA', () => {
  test('signing is ready once libsodium is compiled', () => expect(canSign()).toBe(true));

  // Except for one of 2,048 runs, twelve keys include both signs of the Edwards point; the test passes in either case.
  test.each(Array.from({ length: 12 }, (_, n) => n))('key %i: libsignal and ours accept each other', () => {
    const { publicKey, privateKey } = pair();
    const message = randomBytes(40);
    const typed = Buffer.concat([Buffer.of(5), publicKey]);
    expect(pureJavaScriptCurve.verifySignature(typed, message, signMessage(privateKey, message))).toBe(true);
    expect(verifyMessage(publicKey, message, pureJavaScriptCurve.calculateSignature(privateKey, message))).toBe(true);
  });

  test('each signature of a message uses a new nonce', () => {
    const { privateKey } = pair();
    expect(signMessage(privateKey, Buffer.from('m'))).not.toEqual(signMessage(privateKey, Buffer.from('m')));
  });

  test('an empty and a long message can be signed', () => {
    const { publicKey, privateKey } = pair();
    for (const message of [Buffer.alloc(0), randomBytes(200_000)])
      expect(verifyMessage(publicKey, message, signMessage(privateKey, message))).toBe(true);
  });

  test('a flipped bit in the last byte invalidates a signature', () => {
    const { publicKey, privateKey } = pair();
    const message = Buffer.from('m');
    for (let bit = 0; bit < 8; bit++) {
      const signature = signMessage(privateKey, message);
      signature[63]! ^= 1 << bit;
      expect(verifyMessage(publicKey, message, signature)).toBe(false);
    }
  });

  test('a second form of the same signature is refused', () => {
    const { publicKey, privateKey } = pair();
    const message = Buffer.from('m');
    const signature = signMessage(privateKey, message);
    const sign = signature[63]! & 0x80;
    const scalar = littleEndian(Buffer.concat([signature.subarray(32, 63), Buffer.of(signature[63]! & 0x7f)]));
    const second = Buffer.concat([signature.subarray(0, 32), bytesOf(scalar + GROUP_ORDER)]);
    second[63]! |= sign;
    expect(verifyMessage(publicKey, message, second)).toBe(false);
  });

  test.each([
    ['u = -1', bytesOf(2n ** 255n - 20n)],
    ['u = 0', Buffer.alloc(32)],
    ['a u beyond the field', Buffer.alloc(32, 0xff)]
  ])('a key with %s verifies nothing', (_name, key) => {
    const { privateKey } = pair();
    expect(verifyMessage(key, Buffer.from('m'), signMessage(privateKey, Buffer.from('m')))).toBe(false);
    expect(verifyMessage(key, Buffer.from('m'), Buffer.alloc(64))).toBe(false);
  });
});
