import { planSoak } from './soak.schedule.js';
import { sampleProcess, trendOf } from './soak.reader.js';

const PLAN = { sessions: 200, lengthMs: 3_600_000, dayMs: 3_600_000, perSecond: 10 };

describe('a soak', () => {
  it('has a quiet night, two peaks, and every fault', () => {
    const stretches = planSoak(PLAN);
    expect(stretches).toHaveLength(24);
    const rates = stretches.map(({ perSecond }) => perSecond);
    expect(Math.min(...rates)).toBe(1);
    expect([rates[11], rates[19]]).toEqual([20, 20]);
    expect(new Set(stretches.map(({ fault }) => fault)).size).toBe(7);
  });

  it('finds growth, and none in what only fluctuates', () => {
    const samples = (mb: (i: number) => number) =>
      Array.from({ length: 61 }, (_, i) => ({ atMs: i * 60_000, residentBytes: mb(i) * 2 ** 20, handles: 40 + i }));
    expect(trendOf(samples(i => 100 + i))).toMatchObject({ mbPerHour: 60, lastMb: 160, handlesFirst: 60, handlesLast: 100 });
    expect(Math.abs(trendOf(samples(i => 100 + (i % 2) * 20)).mbPerHour)).toBeLessThan(2);
    // A start that grows counts for nothing.
    expect(trendOf(samples(i => Math.min(i * 10, 100))).mbPerHour).toBe(0);
  });

  it('reads memory and handles of a process', () => {
    const { residentBytes, handles } = sampleProcess(process.pid, 0);
    expect(residentBytes).toBeGreaterThan(10 * 2 ** 20);
    expect(handles).toBeGreaterThan(3);
  });
});
