import { AckPolicy, DeliverPolicy, ReplayPolicy } from '@nats-io/jetstream';
import { nanos } from '@nats-io/transport-node';
import { EVENT_STREAM, type EventName, type SessionId } from '@wabus/contracts';
import type { NatsConnection } from '../connection/nats.connection.js';
import { createReader } from '../streams/consumer.creation.js';
import { storageError } from '../errors/broker-error.mapper.js';
import { decodeLoggedEvent, streamIdentity, type LoggedEvent } from '../streams/logged-event.codec.js';
import { MessageQueue } from '../streams/message.queue.js';
import { parseDelivery, storedMessage } from '../streams/stored-message.js';
import { filterSubjects } from './consumer-filter.policy.js';

/** Which events a consumer is given. It may be given more than that when the list is long: check again. */
export interface ConsumerScope {
  /** All when missing. */
  readonly sessions?: readonly SessionId[];
  /** All when missing. */
  readonly events?: readonly EventName[];
}

export interface ConsumerStart extends ConsumerScope {
  /** Sequence after which to begin. */
  readonly after: number;
}

/** How much to take at once; a first event that is larger than `maxBytes` is taken all the same. */
export interface BatchLimits {
  readonly maxEvents: number;
  readonly maxBytes: number;
}

export interface EventBatch {
  /** Oldest first; empty when there are none yet. */
  readonly events: readonly LoggedEvent[];
  /** Every event of the scope up to this sequence was handed over, in this batch or before. */
  readonly upTo: number;
}

/** The server removes a consumer that nobody pulls from for so long; the next pull makes another one. */
const CONSUMER_IDLE_MS = 30_000;
const STATUS_NO_MESSAGES = 404;
const STATUS_EXPIRED = 408;
const HEADER_ROOM_BYTES = 65_536;

interface OpenConsumer {
  readonly name: string;
  readonly stream: string;
  /** Number of the last delivery. */
  delivered: number;
  /** How many matching events follow, as of then. */
  pending: number;
}

/**
 * Reads one scope of the log in order, at the pace of whoever calls `next`. What it has handed over it forgets: keep the position.
 *
 * Pulls through a consumer in the memory of the server that only remembers what it handed out; the position that counts is here. When the consumer is lost,
 * another one is made that begins after it.
 */
export class EventConsumer {
  private readonly filters: string[];
  private readonly unlisten: () => void;
  private open: OpenConsumer | null = null;
  private queue: MessageQueue | null = null;
  private closed = false;
  private position: number;

  constructor(
    private readonly connection: NatsConnection,
    start: ConsumerStart
  ) {
    this.position = start.after;
    this.filters = filterSubjects(start);
    // A pull that waits is forgotten by a server that restarts: without this the wait would last to its end.
    this.unlisten = connection.onChange(() => this.queue?.close());
  }

  /**
   * The next events, waiting up to `waitMs` for the first. Throws `BROKER_UNAVAILABLE` when the broker does not answer or was lost meanwhile;
   * the next call goes on after the last event handed over.
   */
  async next({ waitMs, ...limits }: BatchLimits & { readonly waitMs: number }): Promise<EventBatch> {
    const events: LoggedEvent[] = [];
    try {
      const consumer = await this.ensureOpen();
      if (consumer.pending > 0)
        await this.pull(consumer, { ...limits, maxEvents: Math.min(limits.maxEvents, consumer.pending) }, 0, events);
      else if (waitMs > 0) await this.wait(consumer, limits, waitMs, events);
    } catch (error) {
      this.open = null;
      // What has arrived counts, or it would be lost: the position is behind it already.
      if (events.length === 0) throw storageError(error);
    }
    return { events, upTo: this.position };
  }

  /** Ends a waiting `next` with `BROKER_UNAVAILABLE`. */
  close(): void {
    this.closed = true;
    this.unlisten();
    this.queue?.close();
    const { client, jetstream, isConnected } = this.connection;
    // The server removes an idle consumer by itself; this is only sooner.
    if (this.open && isConnected && !client.isDraining()) jetstream.consumers.delete(EVENT_STREAM, this.open.name).catch(() => undefined);
    this.open = null;
  }

  private async ensureOpen(): Promise<OpenConsumer> {
    if (this.closed) throw new Error('the consumer was closed');
    if (this.open) return this.open;
    const { jetstream } = this.connection;
    const { created } = await jetstream.streams.info(EVENT_STREAM);
    const { name, num_pending: pending } = await createReader(this.connection, EVENT_STREAM, {
      ack_policy: AckPolicy.None,
      deliver_policy: DeliverPolicy.StartSequence,
      opt_start_seq: this.position + 1,
      replay_policy: ReplayPolicy.Instant,
      inactive_threshold: nanos(CONSUMER_IDLE_MS),
      mem_storage: true,
      num_replicas: 1,
      ...(this.filters.length === 1 ? { filter_subject: this.filters[0]! } : { filter_subjects: this.filters })
    });
    this.open = { name, stream: streamIdentity(created), delivered: 0, pending };
    return this.open;
  }

  private async wait(consumer: OpenConsumer, limits: BatchLimits, waitMs: number, events: LoggedEvent[]): Promise<void> {
    const { state } = await this.connection.jetstream.streams.info(EVENT_STREAM);
    const before = this.position;
    await this.pull(consumer, { ...limits, maxEvents: 1 }, waitMs, events);
    // Whatever matched up to the end that was seen before has arrived by now.
    if (this.position === before && this.open === consumer) this.position = Math.max(before, state.last_seq);
  }

  /** Adds what one pull brings. When the consumer turns out to be gone, the next call makes another one. */
  private async pull(consumer: OpenConsumer, limits: BatchLimits, waitMs: number, events: LoggedEvent[]): Promise<void> {
    const { client, requestTimeoutMs, maxMessageBytes } = this.connection;
    const queue = new MessageQueue(client, this.connection.createInbox());
    this.queue = queue;
    try {
      const request = {
        batch: limits.maxEvents,
        max_bytes: Math.max(limits.maxBytes, maxMessageBytes + HEADER_ROOM_BYTES),
        ...(waitMs === 0 ? { no_wait: true } : { expires: nanos(waitMs) })
      };
      client.publish(`$JS.API.CONSUMER.MSG.NEXT.${EVENT_STREAM}.${consumer.name}`, JSON.stringify(request), { reply: queue.subject });
      for (let received = 0; received < limits.maxEvents; received++) {
        const message = await queue.next(waitMs + requestTimeoutMs);
        const delivery = parseDelivery(message.reply);
        if (delivery === null) {
          const status = message.headers?.code;
          // Everything else means that the pull is over because of its size, or that the consumer is gone: without progress it is the latter.
          if (status !== STATUS_NO_MESSAGES && status !== STATUS_EXPIRED && received === 0) this.open = null;
          if (status === STATUS_NO_MESSAGES) consumer.pending = 0;
          return;
        }
        if (delivery.number !== consumer.delivered + 1) throw new Error('messages were lost on the way');
        consumer.delivered = delivery.number;
        consumer.pending = delivery.pending;
        this.position = delivery.sequence;
        const event = decodeLoggedEvent(storedMessage(message, delivery.sequence), consumer.stream, this.connection.fence);
        if (event !== null) events.push(event);
      }
    } finally {
      queue.close();
      this.queue = null;
    }
  }
}
