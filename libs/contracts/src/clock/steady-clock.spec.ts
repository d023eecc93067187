import { earliestNow, steadyNow, boundedUntil } from './steady-clock.js';

const HOUR_MS = 3_600_000;

describe('the steady clock', () => {
  const real = Date.now;
  afterEach(() => (Date.now = real));

  it('does not change when the wall clock jumps', () => {
    const before = steadyNow();
    expect(Math.abs(before - real())).toBeLessThan(60_000);
    Date.now = () => real() + 24 * HOUR_MS;
    expect(steadyNow() - before).toBeLessThan(HOUR_MS);
    expect(earliestNow() - before).toBeLessThan(HOUR_MS);
    Date.now = () => real() - HOUR_MS;
    expect(earliestNow()).toBeLessThan(before);
  });

  it('limits how long a stored deadline makes anything wait', () => {
    expect(boundedUntil(1_500, 1_000, 1_000)).toBe(1_500);
    expect(boundedUntil(HOUR_MS, 1_000, 1_000)).toBe(2_000);
    expect(boundedUntil(0, 1_000, 1_000)).toBe(0);
  });
});
