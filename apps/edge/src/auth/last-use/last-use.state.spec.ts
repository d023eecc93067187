import { decodeUses, encodeUses, mergeUses, minuteOf, minuteText, shardOf } from './last-use.state.js';

const NOW = Date.parse('2030-01-01T00:00:59.999Z');
const now = minuteOf(NOW);

describe('last uses', () => {
  it('are recorded to the minute', () => {
    expect(minuteText(minuteOf(NOW))).toBe('2030-01-01T00:00:00.000Z');
  });

  it('only increase, in whatever order edges write them', () => {
    const stored = new Map([['aa', now]]);
    expect(mergeUses(stored, new Map([['aa', now - 1]]), NOW)).toBeNull();
    expect(mergeUses(stored, new Map([['aa', now]]), NOW)).toBeNull();
    expect(mergeUses(stored, new Map([['ab', now - 1]]), NOW)).toEqual(
      new Map([
        ['aa', now],
        ['ab', now - 1]
      ])
    );
    expect(mergeUses(stored, new Map([['aa', now + 1]]), NOW)).toEqual(new Map([['aa', now + 1]]));
  });

  it('older than 400 days are dropped', () => {
    expect(mergeUses(new Map([['aa', now - 600_000]]), new Map([['ab', now]]), NOW)).toEqual(new Map([['ab', now]]));
  });

  it('are read back, and invalid values are ignored', () => {
    const uses = new Map([['aa', now]]);
    expect(decodeUses(JSON.parse(JSON.stringify(encodeUses(uses))))).toEqual(uses);
    for (const wrong of [null, 'x', { aa: 'soon' }, { aa: null }, { aa: 1.5 }]) expect(decodeUses(wrong).size).toBe(0);
  });

  it('need sixteen records at most', () => {
    expect(shardOf('0f00')).toBe('0');
    expect(shardOf('jwt-0f00')).toBeNull();
  });
});
