import { Injectable } from '@nestjs/common';
import { Counter, Gauge, Histogram, Registry } from '@wabus/runtime';
import type { EventName } from '@wabus/contracts';

/** The metrics of the publisher. */
@Injectable()
export class PublisherMetrics {
  private readonly events: Counter<'event' | 'outcome'>;
  private readonly seconds: Histogram;
  private readonly pendingEvents: Gauge;
  private readonly pendingBytes: Gauge;

  constructor(registry: Registry) {
    const registers = [registry];
    this.events = new Counter({
      name: 'wabus_connector_events_total',
      help: 'Events by outcome.',
      labelNames: ['event', 'outcome'],
      registers
    });
    this.seconds = new Histogram({
      name: 'wabus_connector_publish_seconds',
      help: 'Time from the emission of an event until the log has it.',
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1, 5, 30],
      registers
    });
    this.pendingEvents = new Gauge({
      name: 'wabus_connector_events_in_flight',
      help: 'Events that the log has not confirmed yet.',
      registers
    });
    this.pendingBytes = new Gauge({
      name: 'wabus_connector_event_bytes_in_flight',
      help: 'Size of the events that the log has not confirmed yet.',
      registers
    });
  }

  /** Counts an event stored after `seconds`; `duplicate` if the log already had it. */
  published(event: EventName, duplicate: boolean, seconds: number): void {
    this.events.inc({ event, outcome: duplicate ? 'duplicate' : 'published' });
    this.seconds.observe(seconds);
  }

  /** Counts a skipped event: its message is already in the log, or on its way there. */
  skipped(event: EventName): void {
    this.events.inc({ event, outcome: 'skipped' });
  }

  /** Counts an event that can never be stored. */
  failed(event: EventName): void {
    this.events.inc({ event, outcome: 'failed' });
  }

  /** Counts an event dropped because the lease no longer held. */
  fenced(event: EventName): void {
    this.events.inc({ event, outcome: 'fenced' });
  }

  inFlight(events: number, bytes: number): void {
    this.pendingEvents.set(events);
    this.pendingBytes.set(bytes);
  }
}
