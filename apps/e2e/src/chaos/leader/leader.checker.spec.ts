import { recordDifferences, judgeReader, readerFaults, type ReaderArrival } from './leader.checker.js';

const EXPECTED = [1, 2, 3].map(n => ({ receiver: 's1', chat: 'c', n, text: `storm c ${n}` }));
const arrival = (n: number, at: number, id = `e${n}`): ReaderArrival => ({ receiver: 's1', text: `storm c ${n}`, id, at });

test('an id that arrives again is a repetition', () => {
  const repeated = judgeReader(EXPECTED, [arrival(1, 0), arrival(2, 1), arrival(2, 2), arrival(3, 3)], 0);
  expect(repeated).toMatchObject({ repeated: 1, lost: [], duplicated: [], outOfOrder: [] });
  expect(readerFaults('webhook', repeated)).toEqual([]);
  const doubled = judgeReader(EXPECTED, [arrival(1, 0), arrival(3, 1), arrival(2, 2), arrival(2, 3, 'other')], 0);
  expect(readerFaults('webhook', doubled)).toEqual([
    'duplicated (webhook): 1, such as s1 storm c 2',
    'outOfOrder (webhook): 1, such as s1 storm c 2 after 3'
  ]);
});

test('silence counts from the fault to the last arrival', () => {
  expect(judgeReader(EXPECTED, [arrival(1, 10), arrival(2, 190), arrival(3, 240)], 100).silentMs).toBe(90);
  expect(judgeReader(EXPECTED, [arrival(1, 10)], 100)).toMatchObject({ silentMs: 0, lost: ['s1 storm c 2', 's1 storm c 3'] });
});

test('different records are listed', () => {
  const one = new Map([['s1 chat', '3']]);
  expect(recordDifferences(one, one)).toEqual([]);
  expect(recordDifferences(one, new Map())).toEqual(['1 records of the read models differ, such as s1 chat: 3 but none from the log']);
});
