import { EVENT_STREAM } from '@wabus/contracts';
import type { NatsConnection } from '../connection/nats.connection.js';
import { storageError } from '../errors/broker-error.mapper.js';
import { streamIdentity } from '../event-log/logged-event.codec.js';
import {
  EventConsumers,
  type BatchLimits,
  type ConsumerStart,
  type EventBatch,
  type EventConsumer,
  type LogEnd
} from './event-consumers.js';
import { NatsEventConsumer } from './nats.event-consumer.js';

export class NatsEventConsumers extends EventConsumers {
  constructor(private readonly connection: NatsConnection) {
    super();
  }

  open(start: ConsumerStart): EventConsumer {
    return new NatsEventConsumer(this.connection, start);
  }

  async read(start: ConsumerStart, limits: BatchLimits): Promise<EventBatch> {
    const { sequence: last } = await this.end();
    const consumer = new NatsEventConsumer(this.connection, start);
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

  async end(): Promise<LogEnd> {
    try {
      const { created, state } = await this.connection.jetstream.streams.info(EVENT_STREAM);
      return { stream: streamIdentity(created), sequence: state.last_seq };
    } catch (error) {
      throw storageError(error);
    }
  }
}
