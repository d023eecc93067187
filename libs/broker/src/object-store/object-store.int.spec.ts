import { createHash, randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Broker } from '../broker.js';
import { BrokerFixture } from '../testing/broker.fixture.js';
import type { WabusError } from '@wabus/contracts';
import type { ObjectStore, StoredObject } from './object-store.js';

const SIZE = 300_000;
let fixture: BrokerFixture;
let broker: Broker;
let store: ObjectStore;

beforeAll(async () => {
  fixture = await BrokerFixture.launch();
  broker = await fixture.open({
    objectStores: [
      { name: 'FILES', ttlMs: 60_000, maxBytes: 1_500_000 },
      { name: 'SOON', ttlMs: 1_000, maxBytes: 1_500_000 },
      { name: 'SWEPT', ttlMs: 60_000, maxBytes: 1_500_000 }
    ]
  });
  store = broker.objectStores.store('FILES');
});
afterAll(() => fixture.close());

async function* inPieces(bytes: Uint8Array, pieceBytes = 10_007): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes);
}
async function* failing(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield* inPieces(bytes);
  throw new Error('cut off');
}
const read = async (content: AsyncIterable<Uint8Array>): Promise<Buffer> => {
  const pieces: Uint8Array[] = [];
  for await (const piece of content) pieces.push(piece);
  return Buffer.concat(pieces);
};

test('a file is read as written, with hash and attributes', async () => {
  const bytes = randomBytes(SIZE);
  const put = await store.put('s.one', inPieces(bytes), { maxBytes: SIZE, attributes: { mimetype: 'x/y' } });
  expect(put).toMatchObject({ bytes: SIZE, sha256: createHash('sha256').update(bytes).digest('hex'), attributes: { mimetype: 'x/y' } });
  const found = await store.find('s.one');
  expect(found).toEqual(put);
  expect(await read(store.read(found!))).toEqual(bytes);
});

test.each([
  [0, 0],
  [0, 65_535],
  [65_535, 65_536],
  [100_000, 250_000],
  [SIZE - 1, SIZE - 1]
])('bytes %i to %i can be read alone', async (first, last) => {
  const bytes = randomBytes(SIZE);
  const object = await store.put('s.part', inPieces(bytes), { maxBytes: SIZE });
  expect(await read(store.read(object, { first, last }))).toEqual(bytes.subarray(first, last + 1));
});

test('a failed write leaves the earlier file of the same name', async () => {
  await store.put('s.kept', inPieces(Buffer.from('old')), { maxBytes: 10 });
  await expect(store.put('s.kept', inPieces(randomBytes(SIZE)), { maxBytes: SIZE - 1 })).rejects.toMatchObject({
    code: 'PAYLOAD_TOO_LARGE'
  });
  await expect(store.put('s.kept', failing(randomBytes(SIZE)), { maxBytes: SIZE })).rejects.toThrow('cut off');
  await expect(store.put('s.kept', inPieces(randomBytes(SIZE)), { maxBytes: SIZE, signal: AbortSignal.abort() })).rejects.toThrow();
  expect(await read(store.read((await store.find('s.kept'))!))).toEqual(Buffer.from('old'));
});

test('an owner that fills the store evicts only its oldest files', async () => {
  const others = await store.put('other.one', inPieces(randomBytes(SIZE)), { maxBytes: SIZE });
  const greedy: StoredObject[] = [];
  for (let i = 0; i < 12; i++) greedy.push(await store.put(`greedy.${i}`, inPieces(randomBytes(100_000)), { maxBytes: SIZE }));
  expect(await store.find('greedy.0')).toBeNull();
  await expect(read(store.read(greedy[0]!))).rejects.toMatchObject({ code: 'UNKNOWN_MEDIA' });
  expect(await read(store.read(greedy.at(-1)!))).toHaveLength(100_000);
  expect(await read(store.read(others))).toHaveLength(SIZE);
  // There is still room for a new owner.
  await store.put('late.one', inPieces(randomBytes(100_000)), { maxBytes: SIZE });
});

test('files being written at the same time share the limit', async () => {
  const outcomes = await Promise.allSettled(
    Array.from({ length: 12 }, (_, i) => store.put(`rush.${i}`, inPieces(randomBytes(SIZE)), { maxBytes: SIZE }))
  );
  const refused = outcomes.flatMap(outcome => (outcome.status === 'rejected' ? [outcome.reason as WabusError] : []));
  expect(refused.length).toBeGreaterThan(0);
  for (const { code } of refused) expect(code).toBe('LIMIT_REACHED');
  expect(await store.find('other.one')).not.toBeNull();
});

test('a file exists for its retention time and no longer', async () => {
  const soon = broker.objectStores.store('SOON');
  const put = await soon.put('s.soon', inPieces(randomBytes(10)), { maxBytes: SIZE });
  const leftMs = Date.parse(put.expiresAt) - Date.now();
  expect(leftMs).toBeGreaterThan(0);
  expect(leftMs).toBeLessThanOrEqual(1_000);
  expect(await soon.find('s.soon')).toEqual(put);
  const end = Date.now() + 10_000;
  while ((await soon.find('s.soon')) !== null && Date.now() < end) await delay(50);
  expect(await soon.find('s.soon')).toBeNull();
});

test('only files stored before a given time are removed', async () => {
  const swept = broker.objectStores.store('SWEPT');
  const put = (name: string) => swept.put(name, inPieces(randomBytes(10_000)), { maxBytes: SIZE });
  await put('s.old');
  await delay(50);
  const time = new Date();
  await delay(50);
  const later = await put('s.new');
  await swept.removeBefore(new Date(time.getTime() - 10_000));
  expect(await swept.find('s.old')).not.toBeNull();
  await swept.removeBefore(time);
  expect(await swept.find('s.old')).toBeNull();
  expect((await read(swept.read(later))).length).toBe(10_000);
  await swept.removeBefore(new Date(Date.now() + 10_000));
  expect(await swept.find('s.new')).toBeNull();
});

test.each(['../x', 's.*', 's.>', '', 'a b', 's..x'])('%j is not a valid name', async name => {
  await expect(store.find(name)).rejects.toThrow(RangeError);
});
