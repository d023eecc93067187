import { firstDifference, judgeMessages, judgeSignals, type ExpectedMessage, type SeenMessage } from './storm.checker.js';

const sent = (chat: string, count: number, receiver = 's1'): ExpectedMessage[] =>
  Array.from({ length: count }, (_, i) => ({ receiver, chat, n: i + 1, text: `storm ${chat} ${i + 1}` }));
const CLEAN = { lost: [], duplicated: [], outOfOrder: [], unknown: [] };

describe('the checker of the storm', () => {
  const expected = [...sent('a', 5), ...sent('b', 5), ...sent('a', 5, 's2')];

  test('finds nothing when each message arrives once, in order', () => {
    expect(judgeMessages(expected, expected)).toEqual({ ...CLEAN, expected: 15, arrived: 15 });
    const interleaved = [...expected].sort((one, other) => one.n - other.n);
    expect(judgeMessages(expected, interleaved)).toEqual({ ...CLEAN, expected: 15, arrived: 15 });
  });

  test('finds every planted loss, even at the ends', () => {
    const gone = new Set(['s1 storm a 1', 's1 storm b 3', 's2 storm a 5']);
    const seen = expected.filter(({ receiver, text }) => !gone.has(`${receiver} ${text}`));
    expect(judgeMessages(expected, seen)).toEqual({ ...CLEAN, expected: 15, arrived: 12, lost: [...gone] });
    expect(judgeMessages(expected, []).lost).toHaveLength(15);
  });

  test('finds every planted duplicate and counts each copy', () => {
    const copies: SeenMessage[] = [expected[0]!, expected[0]!, expected[7]!];
    const verdict = judgeMessages(expected, [expected[0]!, ...expected, ...copies.slice(1)]);
    expect(verdict).toEqual({
      ...CLEAN,
      expected: 15,
      arrived: 15,
      duplicated: ['s1 storm a 1', 's1 storm a 1', 's1 storm b 3']
    });
  });

  test('finds planted reorderings per chat', () => {
    const [one, two, three, four, five] = sent('a', 5) as [
      ExpectedMessage,
      ExpectedMessage,
      ExpectedMessage,
      ExpectedMessage,
      ExpectedMessage
    ];
    const all = [one, two, three, four, five];
    expect(judgeMessages(all, [one, three, two, four, five]).outOfOrder).toEqual(['s1 storm a 2 after 3']);
    expect(judgeMessages(all, [five, one, two, three, four]).outOfOrder).toHaveLength(4);
    expect(judgeMessages(all, [two, three, four, five, one]).outOfOrder).toEqual(['s1 storm a 1 after 5']);
  });

  test('counts a misrouted message as lost and as unknown', () => {
    const [first, ...others] = sent('a', 3);
    const verdict = judgeMessages([first!, ...others], [{ ...first!, receiver: 's2' }, ...others]);
    expect(verdict).toMatchObject({ lost: ['s1 storm a 1'], unknown: ['s2 storm a 1'] });
  });

  test('keeps the order of messages numbered with gaps', () => {
    const some = sent('a', 9).filter(({ n }) => n % 3 === 0);
    expect(judgeMessages(some, some)).toEqual({ ...CLEAN, expected: 3, arrived: 3 });
    expect(judgeMessages(some, [...some].reverse()).outOfOrder).toHaveLength(2);
  });
});

test('a signal is lost if acknowledged without an event', () => {
  const signals = ['a', 'b', 'c', 'd'].map(mark => ({ mark, acknowledged: mark !== 'd' }));
  expect(judgeSignals(signals, new Set(['a', 'b']))).toEqual({ sent: 4, arrived: 2, lost: 1, open: 1, lostPercent: 25 });
  expect(judgeSignals(signals, new Set(['a', 'b', 'c', 'd']))).toEqual({ sent: 4, arrived: 4, lost: 0, open: 0, lostPercent: 0 });
  expect(judgeSignals([], new Set())).toEqual({ sent: 0, arrived: 0, lost: 0, open: 0, lostPercent: 0 });
});

test('two readings agree only with equal events in equal order', () => {
  expect(firstDifference(['a', 'b'], ['a', 'b'])).toBeNull();
  expect(firstDifference(['a', 'b'], ['a', 'c'])).toBe('at 1 of 2: b and c');
  expect(firstDifference(['a'], ['a', 'b'])).toBe('at 1 of 2: nothing and b');
  expect(firstDifference(['a', 'b', 'b'], ['a', 'b'])).toBe('at 2 of 3: b and nothing');
});
