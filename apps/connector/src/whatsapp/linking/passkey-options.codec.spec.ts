import { parsePasskeyOptions } from './passkey-options.codec.js';

const bytes = (value: unknown): Buffer => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));
const options = { challenge: 'AAAA', rpId: 'whatsapp.com', timeout: 600_000, userVerification: 'required', extensions: { uvm: true } };

test('options are passed on as they came', () => {
  expect(parsePasskeyOptions(bytes(options))).toEqual(options);
  const named = { ...options, allowCredentials: [{ type: 'public-key', id: 'AQ', transports: ['hybrid'] }] };
  expect(parsePasskeyOptions(bytes(named))).toEqual(named);
});

test.each<[string, Uint8Array]>([
  ['nothing', new Uint8Array()],
  ['no JSON', bytes('{')],
  ['no text', Buffer.from([0x7b, 0xff, 0x7d])],
  ['a list', bytes([options])],
  ['null', bytes(null)],
  ['no challenge', bytes({ ...options, challenge: '' })],
  ['a challenge of bytes', bytes({ ...options, challenge: [1, 2] })],
  ['no domain', bytes({ ...options, rpId: undefined })],
  ['passkeys without a name', bytes({ ...options, allowCredentials: [null] })],
  ['more than 4,096 bytes', bytes({ ...options, padding: 'x'.repeat(4_096) })]
])('%s is nothing to sign', (_what, content) => {
  expect(parsePasskeyOptions(content)).toBeNull();
});
