import { filesToGiveUp, isAmple } from './owner-share.policy.js';

const share = (used: number, files: number[], { unfinished = 0, wanted = 10 } = {}): number | null =>
  filesToGiveUp({ capacity: 300, used }, { files, unfinished, wanted });

test('one owner alone may fill a third', () => {
  expect(share(90, [30, 30, 30])).toBe(0);
  expect(share(100, [40, 30, 30])).toBe(1);
});

test('the usage of other owners reduces the share', () => {
  expect(share(200, [30, 30])).toBe(1);
});

test('an owner without files is refused only if nothing is free', () => {
  expect(share(275, [])).toBeNull();
  expect(share(270, [])).toBe(0);
});

test('unfinished files count and cannot be removed', () => {
  expect(share(100, [], { unfinished: 100 })).toBeNull();
  expect(share(100, [30], { unfinished: 70 })).toBe(1);
});

test('a store with room for a share needs no file list', () => {
  expect(isAmple({ capacity: 300, used: 90 }, 10)).toBe(true);
  expect(isAmple({ capacity: 300, used: 91 }, 10)).toBe(false);
});

test.each(Array.from({ length: 30 }, (_, owners) => owners + 1))('%i owners that use their shares leave room for another', owners => {
  const held = Array.from({ length: owners }, () => [] as number[]);
  const used = (): number => held.flat().reduce((sum, bytes) => sum + bytes, 0);
  for (let round = 0; round < 400; round++) {
    const files = held[round % owners]!;
    const given = filesToGiveUp({ capacity: 10_000, used: used() }, { files, unfinished: 0, wanted: 10 });
    if (given === null) continue;
    files.splice(0, given);
    files.push(10);
  }
  expect(filesToGiveUp({ capacity: 10_000, used: used() }, { files: [], unfinished: 0, wanted: 10 })).toBe(0);
});
