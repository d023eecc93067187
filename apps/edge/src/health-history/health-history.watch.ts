import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import type { HealthHistory } from '@wabus/contracts';
import { Log, memoryLimit, MetricsRegistry, type Logger } from '@wabus/runtime';
import { gaugeOf, timedOf, totalOf, type HealthReading, type MetricValue } from './health-rates.policy.js';
import { HealthSamples } from './health-samples.state.js';

const EVERY_SECONDS = 10;
/** The number of samples for 15 minutes. */
const KEPT = 90;

/** Keeps the metrics of this edge over the last minutes, for operators without Prometheus. */
@Injectable()
export class HealthHistoryWatch implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly samples = new HealthSamples(KEPT);
  private readonly logger: Logger;
  private timer: NodeJS.Timeout | null = null;
  private reading = false;

  constructor(
    private readonly metrics: MetricsRegistry,
    log: Log
  ) {
    this.logger = log.for('health-history');
  }

  onApplicationBootstrap(): void {
    void this.sample();
    this.timer = setInterval(() => void this.sample(), EVERY_SECONDS * 1_000);
    this.timer.unref();
  }

  beforeApplicationShutdown(): void {
    if (this.timer !== null) clearInterval(this.timer);
  }

  history(): HealthHistory {
    return { everySeconds: EVERY_SECONDS, samples: this.samples.list() };
  }

  /** Adds a sample. While one is waiting for NATS, no other one is started. */
  async sample(): Promise<void> {
    if (this.reading) return;
    this.reading = true;
    try {
      this.samples.add(await this.read(), new Date().toISOString());
    } catch (err) {
      this.logger.debug({ err }, 'failed to read metrics');
    } finally {
      this.reading = false;
    }
  }

  private async read(): Promise<HealthReading> {
    const gauge = async (name: string): Promise<number | null> => gaugeOf(await this.values(name));
    // Read together, because the gauges of the log share one request to NATS.
    const [events, commands, deliveries, webhookBacklog, modelLag, memoryBytes, logBytes, logLimitBytes] = await Promise.all([
      this.values('wabus_edge_events_total'),
      this.values('wabus_edge_command_seconds'),
      this.values('wabus_edge_webhook_attempt_seconds'),
      gauge('wabus_edge_webhook_backlog_events'),
      gauge('wabus_edge_models_lag_events'),
      gauge('process_resident_memory_bytes'),
      gauge('wabus_edge_log_bytes'),
      gauge('wabus_edge_log_max_bytes')
    ]);
    return {
      atMs: performance.now(),
      messages: totalOf(events, { name: 'event', value: 'messages.upsert' }),
      commands: timedOf(commands),
      deliveries: timedOf(deliveries),
      gauges: { webhookBacklog, modelLag, memoryBytes, memoryLimitBytes: memoryLimit(), logBytes, logLimitBytes }
    };
  }

  private async values(name: string): Promise<readonly MetricValue[]> {
    return (await this.metrics.getSingleMetric(name)?.get())?.values ?? [];
  }
}
