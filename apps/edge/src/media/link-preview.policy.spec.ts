import { charsetOf, firstLink, previewOf } from './link-preview.policy.js';

test.each<[string, string | null]>([
  ['see https://example.org/a?b=c#d now', 'https://example.org/a?b=c#d'],
  ['https://example.org.', 'https://example.org'],
  ['(https://example.org/a)', 'https://example.org/a'],
  ['https://example.org/a_(b)', 'https://example.org/a_(b)'],
  ['first https://a.example, then https://b.example', 'https://a.example'],
  ['HTTPS://EXAMPLE.ORG', 'HTTPS://EXAMPLE.ORG'],
  ['http://example.org', 'http://example.org'],
  ['example.org', null],
  ['https://', null],
  [`https://example.org/${'a'.repeat(3_000)}`, null]
])('the first link of %j is %j', (text, link) => expect(firstLink(text)).toBe(link));

const PAGE = 'https://example.org/news/1';

test.each<[string, object | null]>([
  ['<title>Plain</title>', { title: 'Plain', description: null, picture: null }],
  [
    `<meta content='A &amp; B &#39;x&#x27;' property=og:title><meta name="description" content="lines\n  of text"><meta property="og:image" content="/a.png">`,
    { title: "A & B 'x'", description: 'lines of text', picture: 'https://example.org/a.png' }
  ],
  [
    '<meta property="og:title" content="first"><meta property="og:title" content="second">',
    { title: 'first', description: null, picture: null }
  ],
  [
    '<title>t</title><meta property="og:image" content="http://example.org/a.png">',
    { title: 't', description: null, picture: 'http://example.org/a.png' }
  ],
  ['<title>t</title><meta property="og:image" content="javascript:alert(1)">', { title: 't', description: null, picture: null }],
  ['<title>&#0;&#xD800;&unknown;</title>', { title: '&unknown;', description: null, picture: null }],
  ['<meta property="og:title" content="">', null],
  ['no page', null],
  ['', null]
])('a preview of the page %j shows %j', (html, preview) => expect(previewOf(html, PAGE)).toEqual(preview));

test('long texts are truncated', () => {
  const preview = previewOf(`<title>${'x'.repeat(5_000)}</title><meta name="description" content="${'y'.repeat(5_000)}">`, PAGE)!;
  expect([preview.title.length, preview.description!.length, preview.title.endsWith('…')]).toEqual([512, 2_048, true]);
});

test.each([
  ['text/html; charset=ISO-8859-1', '', 'iso-8859-1'],
  ['text/html', '<meta charset="windows-1252">', 'windows-1252'],
  ['text/html', '<meta http-equiv="content-type" content="text/html; charset=gbk">', 'gbk'],
  [undefined, '', 'utf-8']
])('a page of type %j that begins with %j is written in %s', (type, head, charset) => expect(charsetOf(type, head)).toBe(charset));
