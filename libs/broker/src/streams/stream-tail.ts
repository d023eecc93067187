import { AckPolicy, DeliverPolicy, ReplayPolicy } from '@nats-io/jetstream';
import { nanos, type Msg, type Subscription } from '@nats-io/transport-node';
import type { NatsConnection } from '../connection/nats-connection.js';
import { headerOf, parseDelivery, storedMessage, type StoredMessage } from './stored-message.js';

const HEARTBEAT_MS = 500;
/** Three missed heartbeats: the server has stopped delivering to this subscription. */
const SILENCE_MS = 1_600;
/** How long the server keeps a consumer without a subscriber; a tail that was silent for this long has ended. */
const CONSUMER_IDLE_MS = 2_000;
const STATUS_CONTROL = 100;

export interface TailOptions {
  readonly stream: string;
  /** Subjects that do not overlap. */
  readonly filters: readonly string[];
}

export interface TailHandlers {
  /** @param pending how many messages that existed at the start follow this one */
  message(message: StoredMessage, pending: number): void;
  /** Called once, when the tail has ended without being stopped: a message was lost, or nothing was received for 1.6 s. */
  failed(reason: string): void;
}

/**
 * Delivers the last message of every subject and then each new one, in order.
 * If the server falls silent or a message is lost, it ends; its owner opens another one.
 * The client's own ordered consumer can stay silent for tens of seconds after the loss of a leader.
 */
export class StreamTail {
  private readonly subscription: Subscription;
  private readonly inbox: string;
  private readonly watchdog: NodeJS.Timeout;
  private receivedAt = performance.now();
  private number = 0;
  private ended = false;
  /** Number of messages that existed when the tail was opened. */
  pendingAtStart = 0;

  private constructor(
    private readonly connection: NatsConnection,
    private readonly options: TailOptions,
    private readonly handlers: TailHandlers
  ) {
    this.inbox = connection.createInbox();
    this.subscription = connection.client.subscribe(this.inbox, {
      callback: (error, message) => (error ? this.fail('the subscription failed') : this.receive(message))
    });
    this.watchdog = setInterval(() => {
      if (performance.now() - this.receivedAt > SILENCE_MS) this.fail('no message arrived in time');
    }, HEARTBEAT_MS);
    this.watchdog.unref();
  }

  /** Resolves when the server has created the consumer. Messages may be delivered before. */
  static async open(connection: NatsConnection, options: TailOptions, handlers: TailHandlers): Promise<StreamTail> {
    const tail = new StreamTail(connection, options, handlers);
    try {
      await tail.begin();
    } catch (error) {
      tail.stop();
      throw error;
    }
    return tail;
  }

  stop(): void {
    if (this.ended) return;
    this.ended = true;
    clearInterval(this.watchdog);
    this.subscription.unsubscribe();
    // The server removes a consumer without a subscriber automatically. Deleting it is not allowed, because other processes have consumers on the same stream.
  }

  private async begin(): Promise<void> {
    const [filter, ...others] = this.options.filters;
    const consumer = await this.connection.jetstream.consumers.add(this.options.stream, {
      deliver_subject: this.inbox,
      deliver_policy: DeliverPolicy.LastPerSubject,
      ...(others.length === 0 ? { filter_subject: filter! } : { filter_subjects: [...this.options.filters] }),
      ack_policy: AckPolicy.None,
      replay_policy: ReplayPolicy.Instant,
      flow_control: true,
      idle_heartbeat: nanos(HEARTBEAT_MS),
      inactive_threshold: nanos(CONSUMER_IDLE_MS),
      max_deliver: 1,
      mem_storage: true,
      num_replicas: 1
    });
    this.receivedAt = performance.now();
    // Messages delivered before this answer are no longer pending in it.
    this.pendingAtStart = consumer.num_pending + consumer.delivered.consumer_seq;
  }

  private receive(message: Msg): void {
    if (this.ended) return;
    this.receivedAt = performance.now();
    const delivery = parseDelivery(message.reply);
    if (delivery === null) return this.receiveStatus(message);
    if (delivery.number !== this.number + 1) return this.fail('a message was lost');
    this.number = delivery.number;
    this.handlers.message(storedMessage(message, delivery.sequence), delivery.pending);
  }

  private receiveStatus(message: Msg): void {
    if (message.headers?.code !== STATUS_CONTROL) return this.fail(`the server ended it with status ${message.headers?.code ?? 'none'}`);
    if (message.reply) {
      message.respond();
      return;
    }
    const stalled = headerOf(message, 'Nats-Consumer-Stalled');
    if (stalled !== undefined) this.connection.client.publish(stalled);
    const delivered = headerOf(message, 'Nats-Last-Consumer');
    if (delivered !== undefined && Number(delivered) !== this.number) this.fail('the last message was lost');
  }

  private fail(reason: string): void {
    if (this.ended) return;
    this.stop();
    this.handlers.failed(reason);
  }
}
