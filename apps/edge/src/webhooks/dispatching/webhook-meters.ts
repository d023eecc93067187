import { Injectable } from '@nestjs/common';
import type { AttemptView } from '@wabus/contracts';
import { MetricsRegistry, type Counter, type Gauge, type Histogram } from '@wabus/runtime';

const KEPT = 50;

/** The last attempts of a webhook, newest first, for people who look. */
export class AttemptLog {
  private attempts: AttemptView[];
  /** Something is new since `taken`. */
  changed = false;

  constructor(before: readonly AttemptView[]) {
    this.attempts = before.slice(0, KEPT);
  }

  add(attempt: AttemptView): void {
    this.attempts = [attempt, ...this.attempts].slice(0, KEPT);
    this.changed = true;
  }

  take(): readonly AttemptView[] {
    this.changed = false;
    return this.attempts;
  }
}

/** What is counted about webhooks. No label names a webhook: there may be thousands. */
@Injectable()
export class WebhookMeters {
  readonly attempts: Counter<'outcome'>;
  readonly events: Counter<'outcome'>;
  readonly seconds: Histogram;
  readonly dispatching: Gauge;
  readonly openBreakers: Gauge;

  constructor(metrics: MetricsRegistry) {
    this.attempts = metrics.counter({
      name: 'wabus_edge_webhook_attempts_total',
      help: 'Attempts to deliver to webhooks: `delivered`, `retry`, `dead` or `pause`.',
      labels: ['outcome']
    });
    this.events = metrics.counter({
      name: 'wabus_edge_webhook_events_total',
      help: 'Events that webhooks have finished: `delivered` or `dead`.',
      labels: ['outcome']
    });
    this.seconds = metrics.histogram({
      name: 'wabus_edge_webhook_attempt_seconds',
      help: 'Time of a delivery attempt, from name resolution to the status of the response.',
      buckets: [0.01, 0.05, 0.2, 0.5, 1, 2, 5, 10, 30]
    });
    this.dispatching = metrics.gauge({ name: 'wabus_edge_webhooks_draining', help: 'Webhooks that this edge delivers for.' });
    this.openBreakers = metrics.gauge({
      name: 'wabus_edge_webhook_breakers_open',
      help: 'Webhooks of this edge whose endpoint is failing.'
    });
  }
}
