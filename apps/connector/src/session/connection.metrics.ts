import { Injectable } from '@nestjs/common';
import { Counter, Gauge, Registry } from '@wabus/runtime';
import { WhatsAppEngine } from '../whatsapp/whatsapp-engine.js';

/** The metrics of the connections to WhatsApp. */
@Injectable()
export class ConnectionMetrics {
  constructor(registry: Registry, { figures }: WhatsAppEngine) {
    const registers = [registry];
    new Counter({
      name: 'wabus_connector_unknown_stanzas_total',
      help: 'Stanzas of an unknown kind, by tag. They were acknowledged and ignored.',
      labelNames: ['tag'],
      registers,
      collect() {
        this.reset();
        for (const [tag, count] of figures.unknownStanzas) this.inc({ tag }, count);
      }
    });
    new Counter({
      name: 'wabus_connector_resends_total',
      help: 'Requests of devices to resend a message that they could not read, by outcome.',
      labelNames: ['outcome'],
      registers,
      collect() {
        this.reset();
        for (const [outcome, count] of figures.resends) this.inc({ outcome }, count);
      }
    });
    new Counter({
      name: 'wabus_connector_retry_receipts_withheld_total',
      help: 'Messages that could not be read and were not requested again, because too many were requested from their sender.',
      registers,
      collect() {
        this.reset();
        this.inc(figures.unaskedAgain);
      }
    });
    new Counter({
      name: 'wabus_connector_sends_refused_total',
      help: 'Messages that were refused before they were sent, by reason: restricted, new-chats or not-on-whatsapp.',
      labelNames: ['reason'],
      registers,
      collect() {
        this.reset();
        for (const [reason, count] of figures.refusedSends) this.inc({ reason }, count);
      }
    });
    new Counter({
      name: 'wabus_connector_connections_ended_total',
      help: 'Connections to WhatsApp that ended, by the reason in the status of their session.',
      labelNames: ['reason'],
      registers,
      collect() {
        this.reset();
        for (const [reason, count] of figures.endedConnections) this.inc({ reason }, count);
      }
    });
    new Counter({
      name: 'wabus_connector_new_chats_total',
      help: 'Chats with people who had never written and had never been written to.',
      registers,
      collect() {
        this.reset();
        this.inc(figures.newChats);
      }
    });
    new Gauge({
      name: 'wabus_connector_restricted_sessions',
      help: 'Sessions that WhatsApp does not let write to new people.',
      registers,
      collect() {
        this.set(figures.restricted.size);
      }
    });
    new Gauge({
      name: 'wabus_connector_backlog_undrained',
      help: 'Stanzas that WhatsApp announced at login and has not delivered yet.',
      registers,
      collect() {
        this.set(figures.undrained);
      }
    });
  }
}
