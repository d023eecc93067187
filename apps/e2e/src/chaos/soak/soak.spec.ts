import { planSoak } from './soak.schedule.js';
import { sampleProcess, trendOf } from './soak.reader.js';

const DAY_MS = 600_000;
/** One hour with a sample each minute. */
const samples = (mb: (minute: number) => number) =>
  Array.from({ length: 61 }, (_, i) => ({ atMs: i * 60_000, residentBytes: mb(i) * 2 ** 20, handles: 40 + i }));
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

  it('finds growth from day to day', () => {
    const trend = trendOf(
      samples(i => 100 + i),
      DAY_MS
    );
    expect(trend).toMatchObject({ days: 5, mbPerHour: 60, handlesLast: 100 });
  });

  it('finds no growth if the load of a day explains it', () => {
    const rhythm = samples(i => 100 + 50 * Math.sin((i / 10) * 2 * Math.PI));
    expect(Math.abs(trendOf(rhythm, DAY_MS).mbPerHour!)).toBeLessThan(1);
    // Growth during the first day does not count.
    expect(
      trendOf(
        samples(i => Math.min(i * 10, 100)),
        DAY_MS
      ).mbPerHour
    ).toBe(0);
  });

  it('finds nothing with less than two days after the first', () => {
    expect(trendOf(samples(i => 100 + i).slice(0, 20), DAY_MS).mbPerHour).toBeNull();
  });

  it('reads memory and handles of a process', () => {
    const { residentBytes, handles } = sampleProcess(process.pid, 0);
    expect(residentBytes).toBeGreaterThan(10 * 2 ** 20);
    expect(handles).toBeGreaterThan(3);
  });
});
