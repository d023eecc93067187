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
    new Counter({
      name: 'wabus_connector_resends_total',
      help: 'Requests of devices to send a message again that they could not read, by outcome.',
      labelNames: ['outcome'],
      registers,
      collect() {
        this.reset();
        for (const [outcome, count] of figures.resends) this.inc({ outcome }, count);
      }
    });
    new Counter({
      name: 'wabus_connector_retry_receipts_withheld_total',
      help: 'Messages that could not be read and were not asked for again, since their sender was asked too often.',
      registers,
      collect() {
        this.reset();
        this.inc(figures.unaskedAgain);
      }
    });
    new Counter({
      name: 'wabus_connector_sends_refused_total',
      help: 'Messages that were refused before they left, by reason: restricted, new-chats or not-on-whatsapp.',
      labelNames: ['reason'],
      registers,
      collect() {
        this.reset();
        for (const [reason, count] of figures.refusedSends) this.inc({ reason }, count);
      }
    });
    new Counter({
      name: 'wabus_connector_new_chats_total',
      help: 'Chats with people who had not written and were not written to before.',
      registers,
      collect() {
        this.reset();
        this.inc(figures.newChats);
      }
    });
    new Gauge({
      name: 'wabus_connector_restricted_sessions',
      help: 'Sessions whose account WhatsApp keeps from writing to new people.',
      registers,
      collect() {
        this.set(figures.restricted.size);
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
