import { takenEncodings } from './file-encoding.policy.js';

test.each([
  ['gzip, deflate, br, zstd', ['br', 'gzip']],
  ['gzip', ['gzip']],
  ['GZIP;q=0.5, br;q=0', ['gzip']],
  ['*', ['br', 'gzip']],
  ['*;q=0, gzip', ['gzip']],
  ['identity', []],
  ['', []],
  [undefined, []]
])('the header %s accepts %j', (accept, encodings) => {
  expect(takenEncodings(accept).map(([encoding]) => encoding)).toEqual(encodings);
});
