import { RecentWindow } from './recent-window.state.js';

const item = (sequence: number, bytes = 1): { sequence: number; bytes: number } => ({ sequence, bytes });
const most = (maxEvents: number, maxBytes = Infinity): { maxEvents: number; maxBytes: number } => ({ maxEvents, maxBytes });
const sequences = (items: { sequence: number }[] | null): number[] | null => items && items.map(({ sequence }) => sequence);

describe('the window of recent events', () => {
  it('returns the events after a place, in order and limited', () => {
    const window = new RecentWindow({ maxEvents: 10, maxBytes: 1_000 }, 3);
    [4, 7, 8].forEach(sequence => window.add(item(sequence)));
    expect(sequences(window.after(3, most(9)))).toEqual([4, 7, 8]);
    expect(sequences(window.after(5, most(1)))).toEqual([7]);
    expect(sequences(window.after(8, most(9)))).toEqual([]);
    expect(sequences(window.after(3, most(9, 2)))).toEqual([4, 7]);
    expect(sequences(window.after(3, most(9, 0)))).toEqual([4]);
  });

  it('does not answer for a time that it covers only in part', () => {
    const window = new RecentWindow({ maxEvents: 2, maxBytes: 1_000 }, 3);
    expect(window.after(2, most(9))).toBeNull();
    [4, 7, 8].forEach(sequence => window.add(item(sequence)));
    expect(window.after(3, most(9))).toBeNull();
    expect(sequences(window.after(4, most(9)))).toEqual([7, 8]);
    window.reset(20);
    expect(window.after(8, most(9))).toBeNull();
    expect(sequences(window.after(20, most(9)))).toEqual([]);
    expect(window.bytes).toBe(0);
  });

  it('stays below both limits and answers like a full list', () => {
    const window = new RecentWindow({ maxEvents: 1_500, maxBytes: 9_000 });
    const all: { sequence: number; bytes: number }[] = [];
    for (let n = 1; n <= 20_000; n++) {
      const added = item(n * 2, 1 + ((n * 7_919) % 13));
      all.push(added);
      window.add(added);
      expect(window.size <= 1_500 && window.bytes <= 9_000).toBe(true);
      if (n % 997 === 0) {
        expect(window.after(window.completeAfter, most(Infinity))).toEqual(all.slice(-window.size));
        expect(window.bytes).toBe(all.slice(-window.size).reduce((sum, { bytes }) => sum + bytes, 0));
      }
    }
  });

  it('keeps no event that is larger than the window', () => {
    const window = new RecentWindow({ maxEvents: 10, maxBytes: 5 });
    window.add(item(1, 6));
    expect(window.size).toBe(0);
    expect(window.after(0, most(9))).toBeNull();
    expect(sequences(window.after(1, most(9)))).toEqual([]);
  });
});
