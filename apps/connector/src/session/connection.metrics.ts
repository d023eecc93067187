import { Injectable } from '@nestjs/common';
import { Counter, Gauge, Registry } from '@wabus/runtime';
import { WhatsAppEngine } from '../whatsapp/whatsapp-engine.js';

/** The figures of the connections to WhatsApp as Prometheus metrics. */
@Injectable()
export class ConnectionMetrics {
  constructor(registry: Registry, { figures }: WhatsAppEngine) {
    const registers = [registry];
    new Counter({
      name: 'wabus_connector_unknown_stanzas_total',
      help: 'Stanzas of a kind that the connector does not know, by tag. They were acknowledged, nothing came of them.',
      labelNames: ['tag'],
      registers,
      collect() {
        this.reset();
        for (const [tag, count] of figures.unknownStanzas) this.inc({ tag }, count);
      }
    });
    new Gauge({
      name: 'wabus_connector_backlog_undrained',
      help: 'Stanzas that WhatsApp announced at logins whose backlog has not ended.',
      registers,
      collect() {
        this.set(figures.undrained);
      }
    });
  }
}
