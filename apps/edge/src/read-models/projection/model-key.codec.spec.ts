import type { SessionId } from '@wabus/contracts';
import { bucketFilter, bucketKey, keyToken, messageKey, modelKey } from './model-key.codec.js';

const SALES = 'sales' as SessionId;
const TEXTS = ['', ' ', 'a.b', '*', '>', '\u0000', '😀', 'x'.repeat(100), 'x'.repeat(101), '15550000001@s.whatsapp.net', '__proto__', '=x'];

it('every text becomes a token of a key, and no two are equal', () => {
  for (const text of TEXTS) expect(keyToken(text)).toMatch(/^[-=\w]{1,64}$/);
  expect(new Set(TEXTS.map(keyToken)).size).toBe(TEXTS.length);
});

it('the key of a message contains its chat, its side and its id', () => {
  const keys = [messageKey('a', true, 'x'), messageKey('a', false, 'x'), messageKey('b', false, 'x'), messageKey('a', false, '1x')];
  expect(new Set(keys).size).toBe(keys.length);
});

it('a key matches the filters of its kind and its chat', () => {
  expect(bucketKey(SALES, modelKey('chat', 'a')).startsWith(bucketFilter(SALES, 'chat').slice(0, -1))).toBe(true);
  const message = bucketKey(SALES, messageKey('a', false, 'x'));
  expect(message.startsWith(bucketFilter(SALES, 'message', 'a').slice(0, -1))).toBe(true);
  expect(message.startsWith(bucketFilter(SALES, 'message', 'b').slice(0, -1))).toBe(false);
});
