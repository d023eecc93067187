import { Counter, Gauge, type Registry } from '@wabus/runtime';
import { InboxMetrics } from './inbox.metrics.js';

/** The figures of the inboxes as Prometheus metrics. */
export class PrometheusInboxMetrics extends InboxMetrics {
  private readonly entries: Gauge;
  private readonly recoveredTotal: Counter;
  private readonly redeliveredTotal: Counter;
  private readonly unkeptTotal: Counter;

  constructor(registry: Registry) {
    super();
    const registers = [registry];
    this.entries = new Gauge({
      name: 'wabus_connector_inbox_pending',
      help: 'Decrypted ciphertexts whose event the log has not confirmed yet.',
      registers
    });
    this.recoveredTotal = new Counter({
      name: 'wabus_connector_inbox_recovered_total',
      help: 'Messages that were handled again from the journal, because no event had come of them.',
      registers
    });
    this.redeliveredTotal = new Counter({
      name: 'wabus_connector_inbox_redelivered_total',
      help: 'Ciphertexts that WhatsApp delivered again and the journal answered.',
      registers
    });
    this.unkeptTotal = new Counter({
      name: 'wabus_connector_inbox_unkept_total',
      help: 'Messages too large for the journal: a crash before their event is stored would lose them.',
      registers
    });
  }

  pending(change: number): void {
    this.entries.inc(change);
  }

  recovered(messages: number): void {
    this.recoveredTotal.inc(messages);
  }

  redelivered(): void {
    this.redeliveredTotal.inc();
  }

  unkept(): void {
    this.unkeptTotal.inc();
  }
}
