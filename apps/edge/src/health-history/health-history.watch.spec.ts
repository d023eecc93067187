import { createLogger, Log, MetricsRegistry } from '@wabus/runtime';
import { HealthHistoryWatch } from './health-history.watch.js';

it('reads the metrics by their names', async () => {
  const metrics = new MetricsRegistry('edge');
  const events = metrics.counter({ name: 'wabus_edge_events_total', help: 'e', labels: ['event'] });
  const attempts = metrics.histogram({ name: 'wabus_edge_webhook_attempt_seconds', help: 'a', buckets: [1] });
  metrics.gauge({ name: 'wabus_edge_log_bytes', help: 'l', collect: gauge => gauge.set(12) });
  metrics.gauge({ name: 'wabus_edge_models_lag_events', help: 'm', collect: gauge => gauge.remove() });
  const watch = new HealthHistoryWatch(metrics, new Log(createLogger({ service: 'edge', level: 'fatal' })));
  await watch.sample();
  events.inc({ event: 'messages.upsert' }, 5);
  events.inc({ event: 'call' }, 5);
  attempts.observe(0.5);
  await Promise.all([watch.sample(), watch.sample()]);
  const { everySeconds, samples } = watch.history();
  expect(everySeconds).toBe(10);
  expect(samples).toHaveLength(2);
  expect(samples[1]).toMatchObject({ deliverySeconds: 0.5, commandSeconds: null, modelLag: null, logBytes: 12, logLimitBytes: null });
  expect(samples[1]!.messagesPerMinute).toBeGreaterThan(0);
  expect(samples[1]!.memoryBytes).toBeGreaterThan(1_000_000);
});
