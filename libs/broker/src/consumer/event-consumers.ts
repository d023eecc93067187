import { EVENT_STREAM } from '@wabus/contracts';
import type { NatsConnection } from '../connection/nats-connection.js';
import { storageError } from '../errors/broker-error.mapper.js';
import { streamIdentity } from '../streams/logged-event.codec.js';
import { EventConsumer, type FetchLimits, type ConsumerStart, type EventBatch } from './event.consumer.js';

export * from './event.consumer.js';

/** The end of the log, with the identity of the log. */
export interface LogEnd {
  readonly stream: string;
  /** Sequence of the last event. */
  readonly sequence: number;
}

/** Pull readers of the event log. They buffer nothing beyond the current request, so a slow reader costs no memory. */
export class EventConsumers {
  constructor(private readonly connection: NatsConnection) {}

  open(start: ConsumerStart): EventConsumer {
    return new EventConsumer(this.connection, start);
  }

  /** Reads one batch without waiting. Throws `BROKER_UNAVAILABLE`. */
  async read(start: ConsumerStart, limits: FetchLimits): Promise<EventBatch> {
    const { sequence: last } = await this.end();
    const consumer = new EventConsumer(this.connection, start);
    try {
      const events = [];
      let upTo = start.after;
      for (let wanted = limits.maxEvents; wanted > 0; wanted = limits.maxEvents - events.length) {
        const batch = await consumer.next({ ...limits, maxEvents: wanted, waitMs: 0 });
        if (batch.events.length === 0 && batch.upTo === upTo) return { events, upTo: Math.max(upTo, last) };
        events.push(...batch.events);
        upTo = batch.upTo;
        if (events.reduce((bytes, event) => bytes + event.body.length, 0) >= limits.maxBytes) break;
      }
      return { events, upTo };
    } finally {
      consumer.close();
    }
  }

  /** Returns the end of the log. Throws `BROKER_UNAVAILABLE`. To resolve a cursor or a time, use `EventLog.locate`. */
  async end(): Promise<LogEnd> {
    try {
      const { created, state } = await this.connection.jetstream.streams.info(EVENT_STREAM);
      return { stream: streamIdentity(created), sequence: state.last_seq };
    } catch (error) {
      throw storageError(error);
    }
  }
}
