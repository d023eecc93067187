import { asBytes, bytesJson, neutralBytes } from './byte-forms.codec.js';

const bytes = Uint8Array.from([0, 1, 250, 255]);
const base64 = 'AAH6/w==';

describe('bytes of other gateways', () => {
  it.each([
    ['BufferJSON', { type: 'Buffer', data: base64 }],
    ['BufferJSON with a list of numbers', { type: 'Buffer', data: [0, 1, 250, 255] }],
    ['the older form with data', { buffer: true, data: base64 }],
    ['the older form with value', { buffer: true, value: base64 }],
    ['the older form with a list', { buffer: true, data: [0, 1, 250, 255] }],
    ['a Uint8Array in plain JSON', { 0: 0, 1: 1, 2: 250, 3: 255 }],
    ['bytes of a driver', bytes]
  ])('are read in the form of %s', (_form, value) => {
    expect(asBytes(value)).toEqual(bytes);
    expect(neutralBytes({ deep: [{ inside: value }] })).toEqual({ deep: [{ inside: { type: 'Buffer', data: base64 } }] });
  });

  it('are read as base64 and lists if the field requires bytes', () => {
    expect(asBytes(base64)).toEqual(bytes);
    expect(asBytes('AAH6_w')).toEqual(bytes);
    expect(asBytes([0, 1, 250, 255])).toEqual(bytes);
    expect(neutralBytes({ text: base64, list: [0, 1] })).toEqual({ text: base64, list: [0, 1] });
  });

  it.each([['text that is no base64!'], [42], [null], [{}], [{ type: 'Buffer', data: 7 }], [{ 0: 256 }], [{ 0: 1, 2: 3 }], [[-1]]])(
    'are not found in %j',
    value => expect(asBytes(value)).toBeNull()
  );

  it('are not confused with similar maps', () => {
    const map = { messageKeys: { 0: 'a', 1: 'b' }, empty: {} };
    expect(neutralBytes(map)).toEqual(map);
  });

  it('are refused if they are nested too deeply', () => {
    let value: unknown = bytesJson(bytes);
    for (let depth = 0; depth < 100; depth++) value = [value];
    expect(() => neutralBytes(value)).toThrow(RangeError);
  });
});
