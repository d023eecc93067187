import { Injectable } from '@nestjs/common';
import type { AttemptView } from '@wabus/contracts';
import { MetricsRegistry, type Counter, type Gauge, type Histogram } from '@wabus/runtime';

const KEPT = 50;
/** The number of attempts whose response body is kept. */
const KEPT_ANSWERS = 20;

/** The latest attempts of a webhook, newest first, for display. */
export class AttemptLog {
  private attempts: AttemptView[];
  /** Whether an attempt was added since the last `taken`. */
  changed = false;

  constructor(before: readonly AttemptView[]) {
    this.attempts = before.slice(0, KEPT);
  }

  add(attempt: AttemptView): void {
    const before = this.attempts.slice(0, KEPT - 1);
    const old = before[KEPT_ANSWERS - 1];
    if (old?.answer) before[KEPT_ANSWERS - 1] = { ...old, answer: { ...old.answer, body: '' } };
    this.attempts = [attempt, ...before];
    this.changed = true;
  }

  take(): readonly AttemptView[] {
    this.changed = false;
    return this.attempts;
  }
}

/** The number of waiting events, and the ISO time of the oldest one known. */
export interface WebhookBacklog {
  readonly events: number;
  readonly oldestAt: string | null;
}

/** Metrics of webhooks. No label contains a webhook's id, because there may be thousands of webhooks. */
@Injectable()
export class WebhookMeters {
  readonly attempts: Counter<'outcome'>;
  readonly events: Counter<'outcome'>;
  readonly seconds: Histogram;
  readonly dispatching: Gauge;
  readonly openBreakers: Gauge;
  readonly refusing: Gauge;
  private readonly waiting: Gauge;
  private readonly oldest: Gauge;
  private readonly dead: Gauge;
  private readonly backlogs = new Map<string, WebhookBacklog & { readonly deadLetters: number }>();

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
    this.refusing = metrics.gauge({
      name: 'wabus_edge_webhooks_refusing',
      help: 'Webhooks of this edge whose endpoint refuses one event after the other.'
    });
    this.waiting = metrics.gauge({
      name: 'wabus_edge_webhook_backlog_events',
      help: 'Events that wait to be delivered, over all webhooks of this edge.'
    });
    this.oldest = metrics.gauge({
      name: 'wabus_edge_webhook_oldest_seconds',
      help: 'Age of the oldest event that waits to be delivered by this edge; 0 when none does.'
    });
    this.dead = metrics.gauge({
      name: 'wabus_edge_webhook_dead_letters',
      help: 'Dead letters that are kept, over all webhooks of this edge.'
    });
  }

  /** Records the backlog and the dead letters of one webhook. `null` means that this edge no longer dispatches it. */
  noteBacklog(webhook: string, backlog: (WebhookBacklog & { readonly deadLetters: number }) | null): void {
    if (backlog === null) this.backlogs.delete(webhook);
    else this.backlogs.set(webhook, backlog);
    let [events, oldestAt, dead] = [0, Infinity, 0];
    for (const each of this.backlogs.values()) {
      events += each.events;
      dead += each.deadLetters;
      if (each.oldestAt !== null) oldestAt = Math.min(oldestAt, Date.parse(each.oldestAt));
    }
    this.waiting.set(events);
    this.dead.set(dead);
    this.oldest.set(Number.isFinite(oldestAt) ? Math.max(0, (Date.now() - oldestAt) / 1_000) : 0);
  }
}
