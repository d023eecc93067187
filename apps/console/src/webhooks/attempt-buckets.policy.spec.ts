import type { AttemptView } from '@wabus/contracts';
import { attemptBuckets, isShown } from './attempt-buckets.policy.js';

const BEGIN = Date.parse('2026-11-30T06:00:00Z');
const attempt = (afterMs: number, outcome: AttemptView['outcome']): Pick<AttemptView, 'at' | 'outcome'> => ({
  at: new Date(BEGIN + afterMs).toISOString(),
  outcome
});

describe('attempts over time', () => {
  it('are counted in intervals that end now', () => {
    const attempts = [attempt(0, 'delivered'), attempt(10, 'retry'), attempt(450, 'dead'), attempt(999, 'delivered')];
    const buckets = attemptBuckets(attempts, BEGIN + 1_000, 4);
    expect(buckets.map(({ delivered, failed }) => [delivered, failed])).toEqual([
      [1, 1],
      [0, 1],
      [0, 0],
      [1, 0]
    ]);
    expect(buckets[1]!.from).toBe('2026-11-30T06:00:00.250Z');
  });

  it('report the backlog, also in intervals without attempts', () => {
    const attempts = [attempt(0, 'delivered'), { ...attempt(260, 'retry'), backlog: 3 }, { ...attempt(300, 'retry'), backlog: 7 }];
    const buckets = attemptBuckets([...attempts, { ...attempt(999, 'delivered'), backlog: 0 }], BEGIN + 1_000, 4);
    expect(buckets.map(({ waiting }) => waiting)).toEqual([null, 7, 7, 0]);
  });

  it("include all if the edge's clock is ahead", () => {
    const buckets = attemptBuckets([attempt(0, 'delivered'), attempt(5_000, 'delivered')], BEGIN + 1_000, 4);
    expect(buckets.reduce((sum, { delivered }) => sum + delivered, 0)).toBe(2);
  });

  it('are empty without attempts', () => {
    expect(attemptBuckets([], BEGIN)).toEqual([]);
  });

  it.each([
    ['delivered', ['all', 'delivered']],
    ['retry', ['all', 'failed']],
    ['dead', ['all', 'failed']],
    ['paused', ['all', 'failed']]
  ] as const)('%s is shown by %j', (outcome, filters) => {
    expect((['all', 'failed', 'delivered'] as const).filter(filter => isShown({ outcome }, filter))).toEqual(filters);
  });
});
