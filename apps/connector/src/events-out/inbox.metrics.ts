import { Injectable } from '@nestjs/common';
import { Counter, Gauge, Registry } from '@wabus/runtime';

/** The metrics of the inboxes. */
@Injectable()
export class InboxMetrics {
  private readonly entries: Gauge;
  private readonly recoveredTotal: Counter;
  private readonly redeliveredTotal: Counter;

  constructor(registry: Registry) {
    const registers = [registry];
    this.entries = new Gauge({
      name: 'wabus_connector_inbox_pending',
      help: 'Decrypted ciphertexts whose event the log has not confirmed yet.',
      registers
    });
    this.recoveredTotal = new Counter({
      name: 'wabus_connector_inbox_recovered_total',
      help: 'Messages that were handled again from the journal, because they had produced no event.',
      registers
    });
    this.redeliveredTotal = new Counter({
      name: 'wabus_connector_inbox_redelivered_total',
      help: 'Ciphertexts that WhatsApp delivered again and that were answered from the journal.',
      registers
    });
  }

  /** Changes the number of decrypted messages that are not in the log. */
  pending(change: number): void {
    this.entries.inc(change);
  }

  /** Counts messages that were processed again from the journal, because they had produced no event. */
  recovered(messages: number): void {
    this.recoveredTotal.inc(messages);
  }

  /** Counts a ciphertext that WhatsApp delivered again and whose plaintext was in the journal. */
  redelivered(): void {
    this.redeliveredTotal.inc();
  }
}
