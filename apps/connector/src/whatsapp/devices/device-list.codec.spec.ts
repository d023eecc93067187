import { deviceListHash } from './device-list.codec.js';

const phone = { user: '900', server: 'lid' };
const companion = { user: '900', device: 3, server: 'lid' };

test('a list has the hash of its sorted jids', () => {
  // printf '900.0:0@lid900.0:3@lid' | sha256sum, the first six bytes in base64.
  expect(deviceListHash([companion, phone])).toBe('2:cLVqY59L');
  expect(deviceListHash([phone, companion, phone])).toBe(deviceListHash([phone, companion]));
});

test('the hash depends on user, device and kind of jid', () => {
  const hashes = [[phone], [phone, companion], [{ ...phone, user: '901' }], [{ ...phone, server: 's.whatsapp.net' }]].map(deviceListHash);
  expect(new Set(hashes).size).toBe(4);
});
