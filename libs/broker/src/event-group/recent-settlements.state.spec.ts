import { RecentSettlements } from './recent-settlements.state.js';

describe('recent settlements', () => {
  it('are sent again after each disturbance', () => {
    const recent = new RecentSettlements<string>();
    recent.note('a', 0);
    recent.note('b', 1);
    expect(recent.alive(2)).toEqual([]);
    recent.disturbed();
    expect(recent.alive(9_000)).toEqual(['a', 'b']);
    expect(recent.alive(9_001)).toEqual([]);
    recent.disturbed();
    expect(recent.alive(10_000)).toEqual(['a', 'b']);
  });

  it('are forgotten when the leader survives', () => {
    const recent = new RecentSettlements<string>();
    recent.note('a', 0);
    recent.note('b', 4_000);
    expect(recent.alive(6_000)).toEqual([]);
    recent.disturbed();
    expect(recent.alive(6_001)).toEqual(['b']);
  });

  it('are bounded', () => {
    const recent = new RecentSettlements<number>();
    for (let n = 0; n < 10_050; n++) recent.note(n, n);
    recent.disturbed();
    const again = recent.alive(20_000);
    expect([again.length, again[0]]).toEqual([10_000, 50]);
  });
});
