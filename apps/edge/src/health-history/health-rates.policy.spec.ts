import { gaugeOf, sampleOf, timedOf, totalOf, type HealthReading } from './health-rates.policy.js';

const GAUGES = { webhookBacklog: 4, modelLag: null, memoryBytes: 100, memoryLimitBytes: 200, logBytes: 5, logLimitBytes: 50 };

const reading = (atMs: number, change: Partial<HealthReading> = {}): HealthReading => ({
  atMs,
  messages: 0,
  commands: { count: 0, seconds: 0 },
  deliveries: { count: 0, seconds: 0 },
  gauges: GAUGES,
  ...change
});

describe('values of a metric', () => {
  it('a gauge has one, or none', () => {
    expect(gaugeOf([{ value: 7, labels: {} }])).toBe(7);
    expect(gaugeOf([])).toBeNull();
  });

  it('a counter is summed, for one label or all', () => {
    const values = ['call', 'messages.upsert', 'messages.upsert'].map((event, i) => ({ value: 10 ** i, labels: { event } }));
    expect(totalOf(values)).toBe(111);
    expect(totalOf(values, { name: 'event', value: 'messages.upsert' })).toBe(110);
  });

  it('a histogram is summed without its buckets', () => {
    const of = (metricName: string, value: number): object => ({ metricName, value, labels: {} });
    const values = [of('x_seconds_bucket', 9), of('x_seconds_sum', 1.5), of('x_seconds_count', 3), of('x_seconds_count', 2)];
    expect(timedOf(values as Parameters<typeof timedOf>[0])).toEqual({ count: 5, seconds: 1.5 });
  });
});

describe('a sample', () => {
  it('has no rates until there are two readings', () => {
    expect(sampleOf(null, reading(5_000, { messages: 9 }), 'now')).toEqual({
      at: 'now',
      messagesPerMinute: null,
      commandsPerMinute: null,
      deliverySeconds: null,
      commandSeconds: null,
      ...GAUGES
    });
  });

  it('has rates based on the elapsed time', () => {
    const before = reading(0, { messages: 100, commands: { count: 10, seconds: 4 } });
    const now = reading(20_000, { messages: 110, commands: { count: 12, seconds: 5 }, deliveries: { count: 3, seconds: 0.6 } });
    expect(sampleOf(before, now, 'now')).toMatchObject({
      messagesPerMinute: 30,
      commandsPerMinute: 6,
      deliverySeconds: 0.2,
      commandSeconds: 0.5
    });
  });

  it('has a rate of 0 and no time if nothing happened', () => {
    const still = { messages: 3, deliveries: { count: 3, seconds: 0.6 } };
    expect(sampleOf(reading(0, still), reading(10_000, still), 'now')).toMatchObject({ messagesPerMinute: 0, deliverySeconds: null });
    expect(sampleOf(reading(5, still), reading(5, still), 'now')).toMatchObject({ messagesPerMinute: null });
  });
});
