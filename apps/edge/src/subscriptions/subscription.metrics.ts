import { Injectable } from '@nestjs/common';
import { EventGroups } from '@wabus/broker';
import { MetricsRegistry } from '@wabus/runtime';
import { DeadLetterStore } from './dead-letter.store.js';
import { groupOf } from './subscription-member.js';
import { SubscriptionStore } from './subscription.store.js';

/** Each subscription requires a request to NATS. The figures are refreshed at most this often, with one request at a time. */
const KEPT_MS = 15_000;

interface Figures {
  readonly subscriptions: number;
  readonly waiting: number;
  readonly deadLetters: number;
}

/** Metrics of events that wait in durable subscriptions. No label names a subscription, because there may be thousands. */
@Injectable()
export class SubscriptionMetrics {
  private known: { readonly until: number; readonly figures: Promise<Figures | null> } | null = null;

  constructor(
    metrics: MetricsRegistry,
    private readonly groups: EventGroups,
    private readonly store: SubscriptionStore,
    private readonly letters: DeadLetterStore
  ) {
    const rows: [name: string, help: string, value: (figures: Figures) => number][] = [
      ['wabus_edge_subscriptions', 'Durable subscriptions; every edge reports all of them.', ({ subscriptions }) => subscriptions],
      [
        'wabus_edge_subscriptions_waiting_events',
        'Events that wait for clients, over all durable subscriptions.',
        ({ waiting }) => waiting
      ],
      ['wabus_edge_subscriptions_dead_letters', 'Dead letters of all durable subscriptions.', ({ deadLetters }) => deadLetters]
    ];
    for (const [name, help, value] of rows)
      metrics.gauge({
        name,
        help,
        collect: async gauge => {
          const figures = await this.figures();
          if (figures === null) gauge.remove();
          else gauge.set(value(figures));
        }
      });
  }

  /** Resolves with `null` while NATS does not respond. */
  private figures(): Promise<Figures | null> {
    if (this.known === null || performance.now() > this.known.until)
      this.known = { until: performance.now() + KEPT_MS, figures: this.read().catch(() => null) };
    return this.known.figures;
  }

  private async read(): Promise<Figures> {
    const records = await this.store.list();
    let waiting = 0;
    for (const record of records) waiting += (await this.groups.state(groupOf(record)))?.waiting ?? 0;
    return { subscriptions: records.length, waiting, deadLetters: await this.letters.count() };
  }
}
