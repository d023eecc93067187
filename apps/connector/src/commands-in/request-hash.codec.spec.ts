import { parseCommandArguments } from '@wabus/contracts';
import { hashRequest } from './request-hash.codec.js';

const send = (args: unknown): string => hashRequest(parseCommandArguments('sendMessage', args));

test('equal requests have the same hash in any field order', () => {
  const hash = send({ jid: '15550000001@s.whatsapp.net', content: { text: 'x', mentions: ['1@lid'] } });
  expect(send({ content: { mentions: ['1@lid'], text: 'x' }, jid: '+1 555 000 0001' })).toBe(hash);
  expect(send(['15550000001@s.whatsapp.net', { text: 'x', mentions: ['1@lid'] }])).toBe(hash);
  expect(hash).toMatch(/^[\w-]{43}$/);
});

test('any difference changes the hash', () => {
  const requests = [
    { a: 1 },
    { a: '1' },
    { a: [1] },
    { a: { 0: 1 } },
    { b: 1 },
    { a: 1, b: 1 },
    { a: null },
    {},
    { a: [1, 2] },
    { a: [2, 1] }
  ];
  expect(new Set(requests.map(hashRequest)).size).toBe(requests.length);
});
