import { sampleFigures } from './sample.figures.js';

test('percentiles are samples, whatever their order', () => {
  const samples = Array.from({ length: 200 }, (_, i) => 200 - i);
  expect(sampleFigures(samples)).toEqual({ count: 200, p50Ms: 100, p99Ms: 198, maxMs: 200 });
  expect(sampleFigures([7.6])).toEqual({ count: 1, p50Ms: 8, p99Ms: 8, maxMs: 8 });
});

test('nothing has no percentiles', () => expect(() => sampleFigures([])).toThrow('no samples'));
