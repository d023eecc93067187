import { proto } from '@whiskeysockets/baileys';
import Long from 'long';
import { decodeJson, encodeJson, toJsonValue } from './json.codec.js';

describe('the JSON form of payloads', () => {
  test('bytes survive the round trip, whatever class holds them', () => {
    const bytes = Buffer.from([0, 1, 254, 255]);
    const text = encodeJson({ a: bytes, b: new Uint8Array(bytes), c: [bytes] });
    expect(decodeJson(text)).toEqual({ a: new Uint8Array(bytes), b: new Uint8Array(bytes), c: [new Uint8Array(bytes)] });
  });

  test('a view into a larger buffer yields only its own bytes', () => {
    const whole = new Uint8Array([1, 2, 3, 4]);
    expect(decodeJson(encodeJson(whole.subarray(1, 3)))).toEqual(new Uint8Array([2, 3]));
  });

  test('a protobuf instance looks like its plain object', () => {
    const plain = {
      key: { remoteJid: 'a@s.whatsapp.net', id: 'X' },
      messageTimestamp: 1_700_000_000,
      status: 4,
      mediaCiphertextSha256: Buffer.from('x')
    };
    expect(toJsonValue(proto.WebMessageInfo.fromObject(plain))).toEqual(toJsonValue(plain));
  });

  test.each([
    ['a small Long', Long.fromNumber(7), 7],
    ['the largest exact Long', Long.fromString('9007199254740991'), 9007199254740991],
    ['a Long beyond exact numbers', Long.fromString('9007199254740993'), '9007199254740993'],
    ['a bigint', 5n, 5],
    ['a huge bigint', 12345678901234567890n, '12345678901234567890'],
    ['a date', new Date(0), '1970-01-01T00:00:00.000Z'],
    ['an invalid date', new Date(Number.NaN), null],
    ['not a number', Number.NaN, null],
    ['infinity', Number.POSITIVE_INFINITY, null],
    ['a map', new Map([['k', 1]]), { k: 1 }],
    ['a set', new Set([1, 2]), [1, 2]],
    ['undefined and functions inside', { a: undefined, b: () => 1, c: [undefined] }, { c: [null] }],
    ['null', null, null]
  ])('%s', (_name, value, expected) => {
    expect(JSON.parse(encodeJson(value))).toEqual(expected);
  });

  test('an error keeps only name, message and status code', () => {
    const error = Object.assign(new Error('gone'), { output: { statusCode: 428 }, data: { secret: 1 } });
    expect(toJsonValue(error)).toEqual({ name: 'Error', message: 'gone', statusCode: 428 });
  });

  test('a key named __proto__ becomes data', () => {
    const value = toJsonValue(JSON.parse('{"__proto__": {"polluted": true}}')) as object;
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(JSON.stringify(value)).toBe('{"__proto__":{"polluted":true}}');
  });

  test.each([
    ['a single high surrogate', 'a\ud83d', 'a\ufffd'],
    ['a single low surrogate', '\ude00b', '\ufffdb'],
    ['two in the wrong order', '\ude00\ud83d', '\ufffd\ufffd'],
    ['a pair', '\ud83d\ude00', '\ud83d\ude00']
  ])('%s is well-formed in any position', (_name, text, expected) => {
    const value = { text, list: [text], nested: { [text]: { [text]: text } }, map: new Map([[text, text]]), set: new Set([text]) };
    const json = encodeJson({ ...value, error: new Error(text) });
    expect(JSON.parse(json)).toEqual({
      text: expected,
      list: [expected],
      nested: { [expected]: { [expected]: expected } },
      map: { [expected]: expected },
      set: [expected],
      error: { name: 'Error', message: expected }
    });
    expect(json).not.toMatch(/\\ud[89a-f]/i);
  });

  test('a cycle is refused instead of exhausting the stack', () => {
    const cyclic: Record<string, unknown> = {};
    cyclic['self'] = cyclic;
    expect(() => encodeJson(cyclic)).toThrow(RangeError);
  });
});
