import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FileDeliveryStore } from './file.delivery.store.js';

const folder = mkdtempSync(join(tmpdir(), 'wabus-deliveries-'));
const path = join(folder, 'store');
let handle: Pick<FileHandle, 'sync'>;
let sync: FileHandle['sync'];

beforeAll(async () => {
  const file = await open(join(folder, 'any'), 'a');
  handle = Object.getPrototypeOf(file) as FileHandle;
  ({ sync } = handle);
  await file.close();
});
afterEach(() => void (handle.sync = sync));
afterAll(() => rmSync(folder, { recursive: true }));

// The flush of the file, then that of its folder.
test.each([1, 2])('a delivery refused by a full disk leaves nothing (flush %i)', async failing => {
  const store = new FileDeliveryStore(path);
  await store.unfinished();
  let calls = 0;
  handle.sync = function (this: FileHandle) {
    return ++calls === failing ? Promise.reject(new Error('no space left on device')) : sync.call(this);
  };
  await expect(store.add({ id: `a${failing}`, body: '{}' })).rejects.toThrow('no space');
  expect(readdirSync(join(path, 'waiting'))).toEqual([]);
  handle.sync = sync;
  expect(await store.add({ id: `a${failing}`, body: '{}' })).toBe(true);
  expect((await new FileDeliveryStore(path).unfinished()).map(({ id }) => id)).toEqual([`a${failing}`]);
  await store.finish(`a${failing}`);
});
