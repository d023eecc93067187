import { exactTime, relativeTime } from './exact-time.text.js';

describe('times of events', () => {
  const at = '2026-11-30T06:20:00.007Z';

  it('have milliseconds, and the day unless it is today', () => {
    expect(exactTime(at, 'en-GB', new Date(at))).toMatch(/^\d\d:\d\d:00\.007$/);
    expect(exactTime(at, 'en-GB', new Date('2026-12-02T06:20:00Z'))).toMatch(/30 Nov 2026.*:00\.007$/);
  });

  it('are relative in the largest unit that fits', () => {
    const since = (seconds: number): string => relativeTime(at, 'en', Date.parse(at) + seconds * 1_000);
    expect([0, 59, 60, 7_200, 172_800].map(since)).toEqual(['now', '59 seconds ago', '1 minute ago', '2 hours ago', '2 days ago']);
    expect(since(-3_600)).toBe('in 1 hour');
  });
});
