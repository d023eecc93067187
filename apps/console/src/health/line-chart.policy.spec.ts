import { lineFactsOf, pathOf, topOf } from './line-chart.policy.js';

const SIZE = { width: 100, height: 50 };

describe('the path of a line', () => {
  it.each<[string, (number | null)[], string]>([
    ['goes from left to right, 0 at the bottom', [0, 5, 10], 'M0 50L50 25L100 0'],
    ['is interrupted where values are missing', [0, 10, null, 10, 0], 'M0 50L25 0M75 0L100 50'],
    ['is a dot for a single value', [null, 5, null], 'M50 25h1'],
    ['is a dot for the first value', [10], 'M0 0h1'],
    ['is empty without values', [null, null], '']
  ])('%s', (_, values, path) => {
    expect(pathOf(values, 10, SIZE)).toBe(path);
  });
});

describe('the top of a chart', () => {
  it.each<[(number | null)[][], number | null, number]>([
    [[[0, null]], null, 1],
    [[], null, 1],
    [[[3, 12], [17]], null, 20],
    [[[0.02]], null, 0.02],
    [[[51]], null, 100],
    [[[30]], 1_000, 1_000],
    [[[1_200]], 1_000, 2_000]
  ])('of %j with the limit %j is %d', (lines, limit, top) => {
    expect(topOf(lines, limit)).toBeCloseTo(top);
  });
});

describe('the summary of a line', () => {
  it('has its newest, least and greatest value', () => {
    expect(lineFactsOf([4, null, 1, 2])).toEqual({ last: 2, least: 1, most: 4 });
    expect(lineFactsOf([4, 0, null])).toEqual({ last: null, least: 0, most: 4 });
  });

  it('is null if no value is known', () => {
    expect(lineFactsOf([null])).toBeNull();
    expect(lineFactsOf([])).toBeNull();
  });
});
