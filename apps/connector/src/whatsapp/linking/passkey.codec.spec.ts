import { createDecipheriv, createHash } from 'node:crypto';
import { commitment, comparisonCode, deriveHandoffKey, proveHandoff, parsePasskeyOptions, requestKey, seal } from './passkey.codec.js';

const bytes = (value: number): Buffer => Buffer.alloc(32, value);

/** An independent script computed these values from the formulas. */
describe('known values', () => {
  test('the code', () => {
    expect(comparisonCode(bytes(1), { publicKey: bytes(2), nonce: bytes(3) })).toBe('ZDET-SM4S');
  });

  test('the handoff key and its proof', () => {
    const key = deriveHandoffKey(bytes(4));
    expect(key.toString('hex')).toBe('91536520c1ec8e14b8f16f450dfba822b567aaa63167b33c8a5d2e84451c22ff');
    expect(proveHandoff(key, Buffer.from('abc')).toString('hex')).toBe('b731f2761101b19fd3280552772b98bb51c35f59fc534350d8c43a235f36e863');
  });

  test('the key of the request', () => {
    const key = requestKey(bytes(5), { deviceType: 1, reference: '2@x' });
    expect(key.toString('hex')).toBe('867dde670bae7c07d76b6dbd3854ba4702940fd1a333bdff471ebf75c4b2b501');
  });
});

test('the code uses every bit and every character of the alphabet', () => {
  const codes = Array.from({ length: 400 }, (_, i) =>
    comparisonCode(bytes(i % 256), { publicKey: bytes(1), nonce: Buffer.alloc(32, i * 7) })
  );
  expect(codes.every(code => /^[1-9A-HJ-NP-TV-Z]{4}-[1-9A-HJ-NP-TV-Z]{4}$/.test(code))).toBe(true);
  expect(new Set(codes.join('').replaceAll('-', '')).size).toBe(32);
});

test('the commitment is over the identity and then the nonce', () => {
  expect(commitment(Buffer.from('identity'), Buffer.from('nonce'))).toEqual(createHash('sha256').update('identitynonce').digest());
});

test('a sealed text has the tag at its end', () => {
  const [key, iv] = [bytes(7), Buffer.alloc(12, 8)];
  const box = seal(key, iv, Buffer.from('request'));
  const opener = createDecipheriv('aes-256-gcm', key, iv).setAuthTag(box.subarray(-16));
  expect(Buffer.concat([opener.update(box.subarray(0, -16)), opener.final()]).toString()).toBe('request');
});

const encoded = (value: unknown): Buffer => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));
const options = { challenge: 'AAAA', rpId: 'whatsapp.com', timeout: 600_000, userVerification: 'required', extensions: { uvm: true } };

test('options are passed on unchanged', () => {
  expect(parsePasskeyOptions(encoded(options))).toEqual(options);
  const named = { ...options, allowCredentials: [{ type: 'public-key', id: 'AQ', transports: ['hybrid'] }] };
  expect(parsePasskeyOptions(encoded(named))).toEqual(named);
});

test.each<[string, Uint8Array]>([
  ['nothing', new Uint8Array()],
  ['no JSON', encoded('{')],
  ['no text', Buffer.from([0x7b, 0xff, 0x7d])],
  ['a list', encoded([options])],
  ['null', encoded(null)],
  ['no challenge', encoded({ ...options, challenge: '' })],
  ['a challenge as bytes', encoded({ ...options, challenge: [1, 2] })],
  ['no domain', encoded({ ...options, rpId: undefined })],
  ['passkeys without a name', encoded({ ...options, allowCredentials: [null] })],
  ['more than 4,096 bytes', encoded({ ...options, padding: 'x'.repeat(4_096) })]
])('options with %s are refused', (_what, content) => {
  expect(parsePasskeyOptions(content)).toBeNull();
});
