import { afterFailure, CLOSED, permitted, breakerStateOf, type Breaker } from './breaker.state.js';
import { retryDelayMs } from './verdict.table.js';

const OPTIONS = { limit: 3, retryBaseMs: 100, retryCapMs: 1_000, random: () => 0 };

describe('the breaker', () => {
  const failTimes = (count: number, at: (breaker: Breaker) => number): Breaker => {
    let breaker = CLOSED;
    for (let i = 0; i < count; i++) breaker = afterFailure(breaker, at(breaker), OPTIONS);
    return breaker;
  };

  it('opens after failures in a row, and longer after each trial', () => {
    expect(
      breakerStateOf(
        failTimes(2, () => 0),
        0
      )
    ).toBe('closed');
    const opened = failTimes(3, () => 0);
    expect([99, 100].map(now => [breakerStateOf(opened, now), permitted(opened, now, 8)])).toEqual([
      ['open', 0],
      ['half-open', 1]
    ]);
    const again = afterFailure(opened, 100, OPTIONS);
    expect(again.until).toBe(300);
    expect(permitted(CLOSED, 0, 8)).toBe(8);
  });

  it('ignores attempts that were in progress when it opened', () => {
    expect(
      afterFailure(
        failTimes(3, () => 0),
        50,
        OPTIONS
      ).until
    ).toBe(100);
  });
});

describe('the delay between attempts', () => {
  it('doubles up to the cap, less a random half at most', () => {
    const schedule = { retryBaseMs: 100, retryCapMs: 1_000 };
    expect([1, 2, 3, 4, 5, 500].map(attempt => retryDelayMs(attempt, schedule, () => 0))).toEqual([100, 200, 400, 800, 1_000, 1_000]);
    expect(retryDelayMs(1, schedule, () => 0.999)).toBe(50);
  });
});
