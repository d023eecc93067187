import { daysBack, startsDay } from './day.policy.js';

const at = (day: number, hour: number): Date => new Date(2026, 2, day, hour, 30);
const seconds = (time: Date): number => time.getTime() / 1_000;

it.each([
  [at(30, 0), at(30, 23), 0],
  [at(29, 23), at(30, 0), 1],
  // Across the night in which Europe changes its clocks.
  [at(28, 12), at(30, 12), 2],
  [at(1, 12), at(30, 12), 29]
])('%s at %s is %d days back', (time, now, days) => {
  expect(daysBack(time, now)).toBe(days);
});

it('the first message of a calendar day starts that day', () => {
  expect(startsDay(null, seconds(at(3, 9)))).toBe(true);
  expect(startsDay(seconds(at(3, 9)), seconds(at(3, 22)))).toBe(false);
  expect(startsDay(seconds(at(3, 23)), seconds(at(4, 0)))).toBe(true);
});
