import Long from 'long';
import { proto } from '../baileys.js';
import { plainCopy } from './socket-credentials.js';

test('a protobuf instance becomes a plain object and back', () => {
  const data = proto.Message.AppStateSyncKeyData.fromObject({
    keyData: Buffer.alloc(32, 7),
    fingerprint: { rawId: 1, currentIndex: 2, deviceIndexes: [0, 3] },
    timestamp: Long.fromNumber(1_700_000_000_000)
  });
  const copy = plainCopy(data) as { keyData: Buffer; timestamp: number };
  expect(Object.getPrototypeOf(copy)).toBe(Object.prototype);
  expect(Buffer.isBuffer(copy.keyData)).toBe(true);
  expect(copy.timestamp).toBe(1_700_000_000_000);
  const again = proto.Message.AppStateSyncKeyData.fromObject(copy);
  expect(proto.Message.AppStateSyncKeyData.encode(again).finish()).toEqual(proto.Message.AppStateSyncKeyData.encode(data).finish());
});

test.each([null, 0, '', false, 'x', 5])('%j is itself', value => expect(plainCopy(value)).toBe(value));
test('omits empty values and writes large numbers as text', () => {
  expect(plainCopy({ a: undefined, b: [1, undefined], c: Long.MAX_VALUE, d: () => 1 })).toEqual({
    b: [1, undefined],
    c: '9223372036854775807'
  });
});
