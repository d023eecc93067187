import { decodeJsonRecord, encodeJsonRecord } from './json-record.codec.js';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('a JSON record', () => {
  it('is decoded as it was encoded', () => {
    const record = { name: 'né', list: [1, null], at: 'x' };
    expect(decodeJsonRecord(encodeJsonRecord(record))).toEqual(record);
  });

  it.each(['', '{', 'null', '1', '"text"', '[]', '{"a":1}x', '\u0000'])('is damaged as %j', text => {
    expect(decodeJsonRecord(bytes(text))).toBeNull();
  });

  it('is damaged if the check refuses it', () => {
    const isNamed = ({ name }: { name?: string }): boolean => typeof name === 'string';
    expect(decodeJsonRecord<{ name: string }>(bytes('{"name":1}'), isNamed)).toBeNull();
    expect(decodeJsonRecord<{ name: string }>(bytes('{"name":"a"}'), isNamed)).toEqual({ name: 'a' });
  });

  it('does not throw for bytes that are not text', () => {
    expect(decodeJsonRecord(Uint8Array.of(0xff, 0xfe, 0x00))).toBeNull();
  });
});
