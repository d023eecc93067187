import { parseDataUrl } from './data-url.codec.js';

const read = (url: string): [string, string] | null => {
  const parsed = parseDataUrl(url);
  return parsed && [parsed.mimetype, parsed.content.toString('latin1')];
};

test.each<[string, [string, string] | null]>([
  ['data:image/png;base64,aGk=', ['image/png', 'hi']],
  ['DATA:image/png;BASE64,aGk', ['image/png', 'hi']],
  ['data:text/plain;charset=utf-8;base64,aGk=', ['text/plain;charset=utf-8', 'hi']],
  ['data:;base64,aGk=', ['text/plain', 'hi']],
  ['data:,hi%20there', ['text/plain', 'hi there']],
  ['data:;charset=latin1,%ff', ['text/plain;charset=latin1', '\u00ff']],
  ['data:image/png;base64,aG%3D%3D', ['image/png', 'h']],
  ['data:image/png;base64,a G k =', ['image/png', 'hi']],
  ['data:image/png;base64,a*b', null],
  ['data:image/png', null],
  ['data:no type,hi', null],
  ['data:,%zz', null],
  ['https://example.org/', null]
])('%j is %j', (url, file) => expect(read(url)).toEqual(file));
