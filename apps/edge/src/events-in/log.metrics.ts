import { Injectable } from '@nestjs/common';
import { EventLog, type LogUsage } from '@wabus/broker';
import { MetricsRegistry, type Gauge } from '@wabus/runtime';

/** Reports the size and the age of the event log next to their limits. Without NATS, there are no samples, rather than outdated ones. */
@Injectable()
export class LogMetrics {
  constructor(metrics: MetricsRegistry, log: EventLog) {
    // One request serves all metrics of a scrape, which are collected at the same time.
    let asked: Promise<LogUsage | null> | null = null;
    const usage = (): Promise<LogUsage | null> => {
      if (asked !== null) return asked;
      const asking = log.usage().catch(() => null);
      asked = asking;
      void asking.finally(() => setImmediate(() => (asked = null)));
      return asking;
    };
    const gauge = (name: string, help: string, value: (usage: LogUsage) => number | null): Gauge =>
      metrics.gauge({
        name,
        help,
        collect: async each => {
          const known = await usage();
          const current = known && value(known);
          if (current === null) each.remove();
          else each.set(current);
        }
      });
    gauge('wabus_edge_log_events', 'Events in the log.', ({ events }) => events);
    gauge('wabus_edge_log_bytes', 'Size of the log.', ({ bytes }) => bytes);
    gauge('wabus_edge_log_max_bytes', 'Size at which the log drops its oldest events.', ({ maxBytes }) => maxBytes);
    gauge('wabus_edge_log_oldest_seconds', 'Age of the oldest event in the log.', ({ oldestAt }) =>
      oldestAt === null ? 0 : Math.max(0, (Date.now() - oldestAt.getTime()) / 1_000)
    );
    gauge('wabus_edge_log_max_age_seconds', 'Age at which the log drops events.', ({ maxAgeMs }) => maxAgeMs && maxAgeMs / 1_000);
  }
}
