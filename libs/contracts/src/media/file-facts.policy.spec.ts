import { plainFileName, plainMediaType } from './file-facts.policy.js';

test.each([
  ['../../etc/passwd', 'passwd'],
  ['C:\\temp\\a.txt', 'a.txt'],
  ['a\r\nb', 'ab'],
  ['a\u0000.txt', 'a.txt'],
  ['invoice\u202egpj.exe', 'invoicegpj.exe'],
  ['what? "this"<1>|*:.pdf', 'what_ _this__1____.pdf'],
  ['report. . .', 'report'],
  ['NUL', '_NUL'],
  ['com1.txt', '_com1.txt'],
  ['console.txt', 'console.txt'],
  ['cafe\u0301.txt', 'caf\u00e9.txt'],
  ['half \ud83d.txt', 'half _.txt'],
  ['🎉 fête.png', '🎉 fête.png'],
  ['..', null],
  [' ', null],
  ['/', null],
  ['', null],
  [null, null],
  [undefined, null]
])('of the name %j stays %j', (text, name) => expect(plainFileName(text)).toBe(name));

test('a long name keeps its ending within 255 bytes', () => {
  const name = plainFileName(`${'🎉'.repeat(400)}.jpeg`)!;
  expect([Buffer.byteLength(name), name.endsWith('🎉.jpeg')]).toEqual([253, true]);
  expect(plainFileName('a'.repeat(300))).toBe('a'.repeat(255));
  expect(Buffer.byteLength(plainFileName(`a.${'b'.repeat(400)}`)!)).toBe(255);
});

test.each([
  ['image/png', 'image/png'],
  ['audio/ogg; codecs=opus', 'audio/ogg; codecs=opus'],
  ['text/plain;charset="utf-8"', 'text/plain;charset="utf-8"'],
  [' application/pdf; ', 'application/pdf'],
  [
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
  ],
  ['not a mime', null],
  ['image/png\r\nset-cookie: a=b', null],
  ['image/png; a="\r\n"', null],
  ['bild/jpég', null],
  ['text', null],
  ['', null],
  [7, null],
  [undefined, null],
  [`a/${'b'.repeat(300)}`, null]
])('of the media type %j stays %j', (text, type) => expect(plainMediaType(text)).toBe(type));
