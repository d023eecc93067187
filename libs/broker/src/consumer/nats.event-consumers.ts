import { AckPolicy, DeliverPolicy } from '@nats-io/jetstream';
import { nanos } from '@nats-io/transport-node';
import { decodeCursor, EVENT_STREAM, WabusError } from '@wabus/contracts';
import type { NatsConnection } from '../connection/nats.connection.js';
import { storageError } from '../errors/broker-error.mapper.js';
import { LogPurge } from '../event-log/log.purge.js';
import { streamIdentity } from '../event-log/logged-event.codec.js';
import { createReader } from '../streams/consumer.creation.js';
import {
  EventConsumers,
  type BatchLimits,
  type ConsumerStart,
  type EventBatch,
  type EventConsumer,
  type ReadingPosition,
  type Since
} from './event-consumers.js';
import { NatsEventConsumer } from './nats.event-consumer.js';

export class NatsEventConsumers extends EventConsumers {
  private readonly purges: LogPurge;

  constructor(private readonly connection: NatsConnection) {
    super();
    this.purges = new LogPurge(connection);
  }

  open(start: ConsumerStart): EventConsumer {
    return new NatsEventConsumer(this.connection, start);
  }

  async read(start: ConsumerStart, limits: BatchLimits): Promise<EventBatch> {
    const { last } = await this.state();
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

  async locate(since: Since): Promise<ReadingPosition> {
    const { stream, first, last } = await this.state();
    if ('at' in since) return { stream, sequence: last, truncated: false };
    if ('time' in since) return { stream, sequence: await this.before(since.time, last), truncated: false };
    const position = decodeCursor(since.cursor);
    if (position === null) throw new WabusError('INVALID_REQUEST', { message: 'This is not a cursor.' });
    if (position.stream !== stream) throw new WabusError('INVALID_REQUEST', { message: 'This cursor belongs to another event log.' });
    const seen = await this.purges.first(position.sequence, { stream, first });
    return { stream, sequence: position.sequence, truncated: position.sequence + 1 < seen };
  }

  /** The sequence before the first event stored at this time or later. */
  private async before(time: Date, last: number): Promise<number> {
    const { jetstream } = this.connection;
    try {
      const {
        name,
        delivered,
        num_pending: pending
      } = await createReader(this.connection, EVENT_STREAM, {
        ack_policy: AckPolicy.None,
        deliver_policy: DeliverPolicy.StartTime,
        opt_start_time: time.toISOString(),
        inactive_threshold: nanos(5_000),
        mem_storage: true,
        num_replicas: 1
      });
      jetstream.consumers.delete(EVENT_STREAM, name).catch(() => undefined);
      return pending === 0 ? last : delivered.stream_seq;
    } catch (error) {
      throw storageError(error);
    }
  }

  private async state(): Promise<{ stream: string; first: number; last: number }> {
    try {
      const { created, state } = await this.connection.jetstream.streams.info(EVENT_STREAM);
      return { stream: streamIdentity(created), first: state.first_seq, last: state.last_seq };
    } catch (error) {
      throw storageError(error);
    }
  }
}
