import { AckPolicy, DeliverPolicy, jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect, nanos, type NatsConnection } from '@nats-io/transport-node';
import { decodeEventHeaders, EVENT_STREAM } from '@wabus/contracts';
import { readPayload, STORM_EVENTS, type StormEvent } from './storm-event.codec.js';

const BATCH = 1_000;
const FETCH_LIMIT_MS = 5_000;

/** Reads the event log itself, which does not depend on any edge. */
export class StormLog implements AsyncDisposable {
  /** Events of the storm's kinds that have been read, in the order of the log. */
  readonly events: StormEvent[] = [];

  private constructor(
    private readonly connection: NatsConnection,
    private sequence: number
  ) {}

  /** Begins after the newest event. */
  static async open(servers: string): Promise<StormLog> {
    const connection = await connect({ servers: servers.split(','), maxReconnectAttempts: -1, reconnectTimeWait: 100 });
    const { state } = await (await jetstreamManager(connection)).streams.info(EVENT_STREAM);
    return new StormLog(connection, state.last_seq);
  }

  /** Reads the events since the last reading, and returns all events. */
  async catchUp(): Promise<StormEvent[]> {
    const manager = await jetstreamManager(this.connection);
    const { name, num_pending } = await manager.consumers.add(EVENT_STREAM, {
      ack_policy: AckPolicy.None,
      deliver_policy: DeliverPolicy.StartSequence,
      opt_start_seq: this.sequence + 1,
      filter_subjects: STORM_EVENTS.map(event => `wa.evt.*.${event}`),
      inactive_threshold: nanos(2 * FETCH_LIMIT_MS),
      mem_storage: true
    });
    try {
      const consumer = await jetstream(this.connection).consumers.get(EVENT_STREAM, name);
      for (let pending = num_pending; pending > 0;) {
        for await (const message of await consumer.fetch({ max_messages: Math.min(BATCH, pending), expires: FETCH_LIMIT_MS })) {
          pending = message.info.pending;
          this.sequence = message.seq;
          const facts = decodeEventHeaders(header => message.headers?.get(header));
          if (!facts) continue;
          const { id, session, event, epoch } = facts;
          this.events.push({ id, session, event, epoch, ...readPayload(event, message.json()) });
        }
      }
    } finally {
      await manager.consumers.delete(EVENT_STREAM, name);
    }
    return this.events;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.connection.close();
  }
}
