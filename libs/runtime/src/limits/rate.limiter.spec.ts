import { RateLimiter } from './rate.limiter.js';

describe('a rate limiter', () => {
  it('allows a burst, then the rate, and returns the wait', () => {
    const limiter = new RateLimiter({ perSecond: 2, burst: 3 });
    expect([0, 0, 0, 0].map(() => limiter.take('a', 1_000))).toEqual([0, 0, 0, 500]);
    expect(limiter.waitMs('a', 1_200)).toBe(300);
    expect(limiter.take('a', 1_499)).toBe(1);
    expect(limiter.take('a', 1_500)).toBe(0);
    expect(limiter.take('a', 1_500)).toBe(500);
  });

  it('never accumulates more than the burst', () => {
    const limiter = new RateLimiter({ perSecond: 100, burst: 2 });
    limiter.take('a', 0);
    expect([0, 0, 0].map(() => limiter.take('a', 3_600_000))).toEqual([0, 0, 10]);
  });

  it('separates keys, and refunds unused budget', () => {
    const limiter = new RateLimiter({ perSecond: 1, burst: 1 });
    expect([limiter.take('a', 0), limiter.take('b', 0), limiter.take('a', 0)]).toEqual([0, 0, 1_000]);
    limiter.giveBack('a');
    expect(limiter.take('a', 0)).toBe(0);
  });

  it('limits nothing if the rate is 0', () => {
    const limiter = new RateLimiter({ perSecond: 0, burst: 0 });
    expect(Array.from({ length: 1_000 }, () => limiter.take('a', 0)).every(wait => wait === 0)).toBe(true);
  });

  it('keeps a limited number of keys', () => {
    const limiter = new RateLimiter({ perSecond: 1, burst: 1 });
    limiter.take('first', 0);
    for (let i = 0; i < 9_999; i++) limiter.take(`address-${i}`, 0);
    expect(limiter.waitMs('first', 0)).toBe(1_000);
    for (let i = 0; i < 10_000; i++) limiter.take(`another-${i}`, 0);
    expect(limiter.waitMs('first', 0)).toBe(0);
  });
});
