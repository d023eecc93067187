import { existsSync, mkdirSync, rmSync, utimesSync } from 'node:fs';
import { createTempFolder, findTempBase } from './temp-folder.js';

/** A pid that no process has: the maximum is 4,194,304. */
const NOBODY = 4_194_305;
const [orphan, young] = ['orphan', 'young'].map(name => `/dev/shm/wabus-${NOBODY}-${name}`) as [string, string];

test('a folder exists until it is removed', () => {
  const folder = createTempFolder();
  expect(existsSync(folder.path)).toBe(true);
  folder.remove();
  expect(existsSync(folder.path)).toBe(false);
});

(findTempBase() === '/dev/shm' ? test : test.skip)('removes leftovers of killed processes in memory', () => {
  for (const path of [orphan, young]) mkdirSync(path, { recursive: true });
  utimesSync(orphan, 0, 0);
  findTempBase();
  expect([orphan, young].map(path => existsSync(path))).toEqual([false, true]);
  rmSync(young, { recursive: true });
});
