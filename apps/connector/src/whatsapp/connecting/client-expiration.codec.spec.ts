import { readExpiration } from './client-expiration.codec.js';

test.each<[t: string | undefined, expected: object]>([
  ['1790000000', { kind: 'announced', at: '2026-09-21T14:13:20.000Z' }],
  [undefined, { kind: 'withdrawn' }],
  ['', { kind: 'unreadable' }],
  ['soon', { kind: 'unreadable' }],
  ['-5', { kind: 'unreadable' }],
  ['0', { kind: 'unreadable' }],
  ['1790000000.5', { kind: 'unreadable' }],
  ['999999999999999', { kind: 'unreadable' }]
])('an expiration with t=%p is %j', (t, expected) => {
  expect(readExpiration(t)).toEqual(expected);
});
