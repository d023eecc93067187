import { bytesAsJson } from './argument-bytes.codec.js';

const png = { type: 'Buffer', data: 'cG5n' };
const inside = Buffer.from('a png');

test.each<[string, ArrayBuffer | ArrayBufferView]>([
  ['a Buffer', Buffer.from('png')],
  ['a part of a Buffer', inside.subarray(2)],
  ['a Uint8Array', new TextEncoder().encode('png')],
  ['an ArrayBuffer', new TextEncoder().encode('png').buffer],
  ['a view', new DataView(new TextEncoder().encode('png').buffer)]
])('%s is sent in its JSON form', (_what, bytes) => {
  expect(bytesAsJson(['1@lid', { image: bytes, caption: 'x' }])).toEqual(['1@lid', { image: png, caption: 'x' }]);
  expect(bytesAsJson({ content: [bytes] })).toEqual({ content: [png] });
});

test.each([0, 1, 2, 3, 24_576, 24_577, 100_000])('%i bytes are the same in base64', length => {
  const bytes = Buffer.from(Array.from({ length }, (_, i) => (i * 31) % 256));
  expect(bytesAsJson(bytes)).toEqual({ type: 'Buffer', data: bytes.toString('base64') });
});

test('arguments without bytes are unchanged', () => {
  const args = { at: new Date(0), list: [1, 'x', null, true, undefined], json: png, none: undefined };
  expect(bytesAsJson(args)).toEqual(args);
  for (const value of [undefined, null, 'x', 7]) expect(bytesAsJson(value)).toBe(value);
});

test('an object that contains itself does not loop forever', () => {
  const loop: Record<string, unknown> = {};
  loop['self'] = loop;
  expect(bytesAsJson(loop)).toHaveProperty('self.self.self');
});
