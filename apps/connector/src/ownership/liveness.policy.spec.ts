import { answered, asked, firstSight, judge, type Sight } from './liveness.policy.js';
import { CLUSTER_TIMING } from './ownership.options.js';

const steady = (now: number): { now: number; steadySince: number } => ({ now, steadySince: -Infinity });
const verdict = (sight: Sight, now: number, steadySince = -Infinity): string => judge(sight, { now, steadySince }, CLUSTER_TIMING);

describe('the verdict on another connector', () => {
  it('is alive while it renews', () => {
    expect(verdict(firstSight(0), 0)).toBe('alive');
    expect(verdict(firstSight(0), 1_750)).toBe('alive');
  });

  it('is a query for a silent one, at intervals', () => {
    expect(verdict(firstSight(0), 1_751)).toBe('ask');
    const once = asked(firstSight(0), 1_751);
    expect(verdict(once, 2_000)).toBe('alive');
    expect(verdict(once, 2_001)).toBe('ask');
  });

  it('is "crashed" after three "nobody" answers in a row', () => {
    let sight = asked(firstSight(0), 2_501);
    sight = answered(answered(sight, 'nobody'), 'nobody');
    expect(verdict(sight, 3_000)).toBe('ask');
    expect(verdict(answered(sight, 'nobody'), 3_000)).toBe('crashed');
  });

  it('is not crashed before the silence is long enough', () => {
    const sight = { ...firstSight(0), misses: 5 };
    expect(verdict(sight, 2_500)).toBe('ask');
    expect(verdict(sight, 2_501)).toBe('crashed');
  });

  it.each(['present', 'silent'] as const)('starts from zero after the answer %s', answer => {
    const sight = answered(answered(answered(firstSight(0), 'nobody'), 'nobody'), answer);
    expect(sight.misses).toBe(0);
    expect(verdict(answered(sight, 'nobody'), 5_000)).toBe('ask');
  });

  it('is hung for a present but silent one, not earlier', () => {
    const sight = answered(firstSight(0), 'present');
    expect(verdict(sight, 15_000)).toBe('ask');
    expect(verdict(sight, 15_001)).toBe('hung');
  });

  it('is never crashed for one that has just renewed', () => {
    const sight = { ...firstSight(10_000), misses: 3 };
    expect(verdict(sight, 11_700)).toBe('alive');
  });

  it('ignores silence from before the observer was steady', () => {
    const sight = { ...firstSight(0), misses: 3 };
    expect(verdict(sight, 60_000, 58_500)).toBe('alive');
    expect(verdict(sight, 60_501, 58_000)).toBe('crashed');
    expect(verdict(firstSight(0), 60_000, 50_000)).toBe('ask');
    expect(judge(firstSight(0), steady(60_000), CLUSTER_TIMING)).toBe('hung');
  });
});
