import type { HealthReading } from './health-rates.policy.js';
import { HealthSamples } from './health-samples.state.js';

const none = { count: 0, seconds: 0 };
const gauges = { webhookBacklog: 0, modelLag: 0, memoryBytes: 1, memoryLimitBytes: null, logBytes: 1, logLimitBytes: null };
const reading = (second: number): HealthReading => ({
  atMs: second * 1_000,
  messages: second * second,
  commands: none,
  deliveries: none,
  gauges
});

it('keeps the newest samples, each since the one before', () => {
  const samples = new HealthSamples(3);
  for (const second of [0, 1, 2, 3]) samples.add(reading(second), `at ${second}`);
  expect(samples.list().map(({ at, messagesPerMinute }) => [at, messagesPerMinute])).toEqual([
    ['at 1', 60],
    ['at 2', 180],
    ['at 3', 300]
  ]);
});

it('returns a list that does not change later', () => {
  const samples = new HealthSamples(3);
  const before = samples.list();
  samples.add(reading(1), 'at 1');
  expect(before).toEqual([]);
});
