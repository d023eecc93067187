import { backOffMs } from './back-off.policy.js';

describe('the delay before a retry', () => {
  it('doubles from 50 ms and never exceeds 1.25 seconds', () => {
    const waits = [1, 2, 3, 4, 5, 6, 7, 1_000_000].map(attempt => backOffMs(attempt, () => 0));
    expect(waits).toEqual([50, 100, 200, 400, 800, 1_000, 1_000, 1_000]);
    expect(backOffMs(50, () => 1)).toBe(1_250);
  });
});
