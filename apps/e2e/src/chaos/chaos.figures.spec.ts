import { figure, formatChaosFigure, sampleFigures } from './chaos.figures.js';

test('a figure meets its target if it is not above it', () => {
  expect(figure('f', { p50Ms: 3_000 }, { p50Ms: 3_000 }).met).toBe(true);
  expect(figure('f', { p50Ms: 3_001 }, { p50Ms: 3_000 }).met).toBe(false);
  expect(figure('f', { other: 1 }, { p50Ms: 3_000 }).met).toBe(false);
  expect(figure('f', { p50Ms: 1 }).met).toBeNull();
});

test('a line contains the measured values and the target', () => {
  expect(formatChaosFigure(figure('f', { p50Ms: 9, split: [1, 2] }, { p50Ms: 8 }))).toBe('✗ f: p50Ms 9, split 1:2 (target: p50Ms 8)');
});

test('percentiles are samples, regardless of their order', () => {
  const samples = Array.from({ length: 200 }, (_, i) => 200 - i);
  expect(sampleFigures(samples)).toEqual({ count: 200, p50Ms: 100, p99Ms: 198, maxMs: 200 });
  expect(sampleFigures([7.6])).toEqual({ count: 1, p50Ms: 8, p99Ms: 8, maxMs: 8 });
});

test('an empty list has no percentiles', () => expect(() => sampleFigures([])).toThrow('no samples'));
