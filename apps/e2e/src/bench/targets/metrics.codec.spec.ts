import { histogramBetween, quantileOf, readMetrics, sumOf } from './metrics.codec.js';

const TEXT = `# HELP events_total Events.
# TYPE events_total counter
events_total{event="a",outcome="published"} 3
events_total{event="b \\"x\\"",outcome="published"} 4
events_total{event="a",outcome="failed"} 5
up 1
`;

test('samples are summed by name and labels', () => {
  const samples = readMetrics(TEXT);
  expect(samples).toHaveLength(4);
  expect(sumOf(samples, 'events_total', { outcome: 'published' })).toBe(7);
  expect(sumOf(samples, 'events_total', { event: 'a' })).toBe(8);
  expect(sumOf(samples, 'up')).toBe(1);
  expect(sumOf(samples, 'missing')).toBe(0);
});

const histogram = (counts: [string, number][]) => readMetrics(counts.map(([le, count]) => `h_bucket{le="${le}"} ${count}`).join('\n'));

test('a quantile lies within the bucket of its rank', () => {
  const before = histogram([
    ['0.001', 100],
    ['0.002', 100],
    ['+Inf', 100]
  ]);
  const after = histogram([
    ['0.001', 100],
    ['0.002', 200],
    ['+Inf', 201]
  ]);
  const buckets = histogramBetween(before, after, 'h');
  expect(buckets.map(({ count }) => count)).toEqual([0, 100, 101]);
  expect(quantileOf(buckets, 0.5)).toBeCloseTo(0.0015, 4);
  expect(quantileOf(buckets, 1)).toBe(0.002);
});

test('there is no quantile without observations', () => expect(quantileOf(histogramBetween([], [], 'h'), 0.5)).toBeNaN());
