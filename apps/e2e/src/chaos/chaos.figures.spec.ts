import { figure, formatFigure } from './chaos.figures.js';

test('a figure meets its target when it is not above it', () => {
  expect(figure('f', { p50Ms: 3_000 }, { p50Ms: 3_000 }).met).toBe(true);
  expect(figure('f', { p50Ms: 3_001 }, { p50Ms: 3_000 }).met).toBe(false);
  expect(figure('f', { other: 1 }, { p50Ms: 3_000 }).met).toBe(false);
  expect(figure('f', { p50Ms: 1 }).met).toBeNull();
});

test('a line names what was measured and what was wanted', () => {
  expect(formatFigure(figure('f', { p50Ms: 9, split: [1, 2] }, { p50Ms: 8 }))).toBe('✗ f: p50Ms 9, split 1:2 (target: p50Ms 8)');
});
