import { matchesFilter } from './entry.codec.js';

test.each([
  ['a.b', 'a.b', true],
  ['a.*', 'a.b', true],
  ['a.*.c', 'a.b.c', true],
  ['a.>', 'a.b.c', true],
  ['>', 'a', true],
  ['a.b', 'a.c', false],
  ['a.*', 'a', false],
  ['a.*', 'a.b.c', false],
  ['a.>', 'a', false],
  ['a.b', 'a.b.c', false]
])('whether %s matches %s: %s', (filter, subject, matches) => {
  expect(matchesFilter(filter, subject)).toBe(matches);
});
