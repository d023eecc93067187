import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FileCursorStore } from '../node/file.cursor.store.js';
import { CursorKeeper } from './cursor-keeper.js';
import { MemoryCursorStore, type CursorStore } from './cursor.store.js';
import { LocalStorageCursorStore } from './local-storage.cursor.store.js';

const folder = mkdtempSync(join(tmpdir(), 'wabus-cursors-'));
afterAll(() => rmSync(folder, { recursive: true }));

const entries = new Map<string, string>();
const storage = {
  getItem: (key: string) => entries.get(key) ?? null,
  setItem: (key: string, value: string) => void entries.set(key, value)
};

describe.each<[string, () => CursorStore]>([
  ['in memory', () => new MemoryCursorStore()],
  ['in localStorage', () => new LocalStorageCursorStore(storage)],
  ['in files', () => new FileCursorStore(join(folder, 'made'))]
])('a store of cursors %s', (_where, make) => {
  test('returns the last saved cursor of any name', async () => {
    const store = make();
    for (const name of ['crm', '../a b/ü?*:"', 'Crm.']) {
      expect(await store.load(name)).toBeNull();
      await store.save(name, `${name}-1`);
      await store.save(name, `${name}-2`);
    }
    expect(await store.load('crm')).toBe('crm-2');
    expect(await store.load('../a b/ü?*:"')).toBe('../a b/ü?*:"-2');
  });
});

test('the next process reads the cursor from its file', async () => {
  await new FileCursorStore(folder).save('crm', 'cursor');
  expect(await new FileCursorStore(folder).load('crm')).toBe('cursor');
  if (process.platform !== 'win32') expect(statSync(join(folder, 'crm.cursor')).mode & 0o777).toBe(0o600);
});

describe('a keeper', () => {
  test('writes one cursor at a time, then the newest one', async () => {
    const saved: string[] = [];
    let finish = (): void => undefined;
    const store = {
      load: () => null,
      save: (_name: string, cursor: string) => (saved.push(cursor), new Promise<void>(resolve => (finish = resolve)))
    };
    const keeper = new CursorKeeper(store, 'crm', () => undefined);
    keeper.advance('1');
    await Promise.resolve();
    for (const cursor of ['2', '3', '4']) keeper.advance(cursor);
    expect(saved).toEqual(['1']);
    finish();
    await new Promise(setImmediate);
    expect(saved).toEqual(['1', '4']);
    finish();
    await keeper.flush();
  });

  test('reports a failing store, and continues with the next cursor', async () => {
    const saved: string[] = [];
    const failures: unknown[] = [];
    const save = (_name: string, cursor: string): void => {
      if (cursor === '1') throw new Error('full');
      saved.push(cursor);
    };
    const keeper = new CursorKeeper({ load: () => null, save }, 'crm', error => failures.push(error));
    keeper.advance('1');
    await keeper.flush();
    keeper.advance('2');
    await keeper.flush();
    expect([saved, failures]).toEqual([['2'], [new Error('full')]]);
  });
});
