import { gzipSync } from 'node:zlib';
import { proto } from '../baileys.js';
import { decodeRecovery } from './recovered-collection.reader.js';

/** Encodes a length-delimited field: with one length byte below 128 bytes, with two below 16,384. */
const field = (number: number, content: Uint8Array): Buffer =>
  Buffer.concat([
    Buffer.from([(number << 3) | 2, ...(content.length < 0x80 ? [content.length] : [(content.length & 0x7f) | 0x80, content.length >> 7])]),
    content
  ]);

const action = { index: Buffer.from('["mute","1@lid"]'), value: { muteAction: { muted: true } }, version: 2 };
const record = Buffer.concat([
  field(1, proto.SyncActionData.encode(action).finish()),
  field(2, Buffer.from('key')),
  field(3, Buffer.alloc(32, 7))
]);
const collection = (hash = Buffer.alloc(128, 1)): Buffer =>
  Buffer.concat([
    field(1, proto.SyncdVersion.encode({ version: 300 }).finish()),
    field(2, Buffer.from('regular_high')),
    field(3, record),
    field(3, record),
    field(4, hash)
  ]);

test.each([false, true])('a copy from the phone is read (packed: %s)', async isCompressed => {
  const collectionSnapshot = isCompressed ? gzipSync(collection()) : collection();
  const { name, version, records, hash } = await decodeRecovery({ collectionSnapshot, isCompressed });
  expect([name, version, records.length, hash.length]).toEqual(['regular_high', 300, 2, 128]);
  expect(Buffer.from(records[0]!.action.index!).toString()).toBe('["mute","1@lid"]');
  expect(Buffer.from(records[0]!.keyId).toString()).toBe('key');
});

test.each([
  ['nothing', Buffer.alloc(0)],
  ['a hash of the wrong length', collection(Buffer.alloc(64))],
  ['truncated data', collection().subarray(0, -1)],
  ['an incomplete record', Buffer.concat([field(3, Buffer.alloc(0)), field(4, Buffer.alloc(128))])],
  ['an unknown field', Buffer.from([0x08, 0x01])],
  ['a length without an end', Buffer.from([0x0a, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff])]
])('%s is refused', async (_what, collectionSnapshot) => {
  await expect(decodeRecovery({ collectionSnapshot })).rejects.toThrow();
});

test('an unpacked copy that claims to be packed is refused', async () => {
  await expect(decodeRecovery({ collectionSnapshot: collection(), isCompressed: true })).rejects.toThrow();
});
