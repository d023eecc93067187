import { figureOf, formatFigure, median, percentile, ratios } from './bench.figures.js';

test('the value of a figure is the median of its rounds', () => {
  expect(median([9, 1, 5])).toBe(5);
  expect(median([4, 1, 2, 100])).toBe(3);
  expect(() => median([])).toThrow('no samples');
});

test('percentiles are samples, regardless of their order', () => {
  const values = Array.from({ length: 200 }, (_, i) => 200 - i);
  expect([percentile(values, 0.5), percentile(values, 0.99), percentile(values, 1), percentile([7], 0.01)]).toEqual([100, 198, 200, 7]);
  expect(() => percentile([], 0.5)).toThrow('no samples');
});

test('a ratio compares measurements of the same round', () => expect(ratios([2, 30], [1, 10])).toEqual([2, 3]));

test.each([
  [{ atMost: 1.3 }, 1.3, true],
  [{ atMost: 1.3 }, 1.31, false],
  [{ atLeast: 20 }, 20, true],
  [{ atLeast: 20 }, 19, false],
  [{ atMost: 1 }, NaN, false]
])('with the target %j the value %d is met: %s', (target, value, met) => {
  expect(figureOf('m', { figure: 'f', unit: '×', samples: [value], target }).met).toBe(met);
});

test('a line shows value, spread and target', () => {
  const line = formatFigure(figureOf('m', { figure: 'CPU', unit: '×', samples: [1.2345, 1, 2], target: { atMost: 1.3 } }));
  expect(line.replace(/ +/g, ' ')).toBe(' ✓ CPU 1.23 × [1 … 2] (target ≤ 1.3)');
  expect(formatFigure(figureOf('m', { figure: 'CPU', unit: 'ms', samples: [1] }))).not.toContain('target');
});
