import { contentDisposition, mayBeShown, mediaType, requestedRange } from './media.policy.js';

test.each([
  ['bytes=0-3', { first: 0, last: 3 }],
  ['bytes=4-', { first: 4, last: 9 }],
  ['bytes=-3', { first: 7, last: 9 }],
  ['bytes=-99', { first: 0, last: 9 }],
  ['bytes=8-99', { first: 8, last: 9 }],
  ['bytes=10-', 'unsatisfiable'],
  ['bytes=-0', 'unsatisfiable'],
  ['bytes=3-2', null],
  ['bytes=0-1,3-4', null],
  ['items=0-1', null],
  ['bytes=-', null],
  ['bytes=0x1-2', null],
  [undefined, null]
])('of ten bytes, %s requests %j', (header, range) => expect(requestedRange(header, 10)).toEqual(range));

test.each([
  ['image/png', 'text/html', 'image/png'],
  [null, 'text/html; charset=utf-8', 'text/html'],
  [null, 'image/png', 'application/octet-stream'],
  [null, 'video/mp4', 'application/octet-stream'],
  [null, undefined, 'application/octet-stream'],
  [null, 'no type', 'application/octet-stream'],
  ['application/zip', 'application/vnd.oasis.opendocument.text', 'application/vnd.oasis.opendocument.text'],
  ['application/zip', 'image/png', 'application/zip'],
  ['application/zip', undefined, 'application/zip']
])('first bytes %s and the claim %s result in %s', (sniffed, said, type) => expect(mediaType(sniffed, said)).toBe(type));

test.each([
  ['image/png', true],
  ['video/mp4', true],
  ['audio/ogg; codecs=opus', true],
  ['image/svg+xml', false],
  ['text/html', false],
  ['application/pdf', false]
])('%s is displayed inline: %s', (type, shown) => expect(mayBeShown(type)).toBe(shown));

test('a header contains a name quoted, and encoded exactly', () =>
  expect(contentDisposition('inline', 'tä"b\ud800.csv')).toBe(`inline; filename="t__b_.csv"; filename*=UTF-8''t%C3%A4_b_.csv`));

test('a name stored by an older release cannot break the header', () => {
  expect(contentDisposition('attachment', '../a\r\nb')).toBe(`attachment; filename="ab"; filename*=UTF-8''ab`);
  expect(contentDisposition('attachment', '..')).toBe('attachment');
});
