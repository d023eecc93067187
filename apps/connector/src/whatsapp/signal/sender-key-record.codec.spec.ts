import { decodeSenderKeyRecord, encodeSenderKeyRecord, type SenderKeyChain } from './sender-key-record.codec.js';

const seed = (byte: number): Buffer => Buffer.alloc(32, byte);
const chain = (keys = 0): SenderKeyChain => ({
  senderKeyId: 878_533_088,
  senderChainKey: { iteration: keys + 1, seed: seed(1) },
  senderSigningKey: { public: Buffer.alloc(33, 5), private: Buffer.alloc(0) },
  senderMessageKeys: Array.from({ length: keys }, (_, i) => ({ iteration: i, seed: seed(i % 256) }))
});

test.each([0, 1, 2_000])('a record with %i message keys decodes to the same data', keys => {
  const chains = [chain(keys), chain()];
  expect(decodeSenderKeyRecord(encodeSenderKeyRecord(chains))).toEqual(chains);
});

test('a stored key has a quarter of its size in Baileys', () => {
  const size = (keys: number) => encodeSenderKeyRecord([chain(keys)]).length;
  expect((size(2_000) - size(1_000)) / 1_000).toBeLessThan(50);
  expect(size(0)).toBeLessThan(400);
  expect(JSON.stringify([chain(2_000)]).length / size(2_000)).toBeGreaterThan(2.5);
});

test('decodes the form of Baileys, even with packed keys', () => {
  const chains = [chain(3)];
  expect(decodeSenderKeyRecord(Buffer.from(JSON.stringify(chains)))).toEqual(chains);
  const carriedAlong = JSON.parse(encodeSenderKeyRecord(chains).toString()) as { senderMessageKeys: unknown[] }[];
  carriedAlong[0]!.senderMessageKeys.push({ iteration: 9, seed: seed(9) });
  const [read] = decodeSenderKeyRecord(Buffer.from(JSON.stringify(carriedAlong)));
  expect(read!.senderMessageKeys.map(({ iteration }) => iteration)).toEqual([0, 1, 2, 9]);
});

test.each(['', 'x', '5', '{}'])('%j is not a record', text => {
  expect(() => decodeSenderKeyRecord(Buffer.from(text))).toThrow();
});
