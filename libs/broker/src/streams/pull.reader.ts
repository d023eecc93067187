import { AckPolicy, DeliverPolicy, ReplayPolicy } from '@nats-io/jetstream';
import { nanos, type Msg, type Subscription } from '@nats-io/transport-node';
import type { NatsConnection } from '../connection/nats-connection.js';
import { createReader } from './consumer-creation.js';
import { parseDelivery, storedMessage, type StoredDelivery, type StoredMessage } from './stored-message.js';

/** The server removes one of these consumers after this time without a pull. */
const CONSUMER_IDLE_MS = 30_000;
const HEARTBEAT_MS = 2_000;
/** The byte limit of a pull also counts subject, headers and reply of a message. */
const HEADER_ROOM_BYTES = 64 * 1024;
const STATUS = { heartbeat: 100, noMessages: 404, expired: 408, conflict: 409 } as const;
/**
 * nats-server has one code for a message that does not fit, a leader that moves, a server that stops and a consumer that is deleted: only the text
 * distinguishes them (consumer.go).
 */
const TOO_LARGE = 'Message Size Exceeds MaxBytes';
/** Reports that everything was sent. In a cluster it arrives before the messages, which wait for the replicas of the consumer. */
const BATCH_COMPLETED = 'Batch Completed';
/** How long messages may still arrive after a status that overtook them. */
const OVERTAKEN_MS = 5_000;

/** What a reader with its own consumer reads. */
export interface ReaderScope {
  /** The sequence after which to begin, or the time in ms at which to begin. */
  readonly from: { readonly after: number } | { readonly time: number };
  /** Non-overlapping subjects to read; default: the whole stream. */
  readonly filters?: readonly string[];
  /** Omits the data. */
  readonly headersOnly?: boolean;
}

/** One request for messages. */
export interface PullRequest {
  readonly messages: number;
  readonly bytes: number;
  /** How long to wait for messages that are not stored yet; 0 takes only what is stored. */
  readonly waitMs: number;
}

/**
 * How a pull ended. `complete`: all requested messages arrived. `empty`: nothing more is stored. `expired`: the wait is over.
 * `size`: the next message exceeds the byte limit.
 * `unreachable`: the consumer is gone, its leader moves, or its server stops. `silent`: neither messages nor heartbeats arrived.
 * `interrupted`: the connection was lost.
 * `lost`: a message was lost on the way. `closed`: the reader was closed.
 */
export type PullEnd = 'complete' | 'empty' | 'expired' | 'size' | 'unreachable' | 'silent' | 'interrupted' | 'lost' | 'closed';

/** Ends that the server reports. */
const MAY_OVERTAKE: ReadonlySet<PullEnd> = new Set<PullEnd>(['empty', 'expired', 'size', 'unreachable']);

export interface PulledMessage extends StoredDelivery {
  readonly message: StoredMessage;
  /** Responds to the server, for consumers with acknowledgements. */
  respond(text: string): void;
}

export interface ConsumerName {
  readonly stream: string;
  readonly consumer: string;
}

export interface ReaderOptions {
  /** No other reader shares this consumer, so its deliveries must be consecutive. */
  readonly isOrdered: boolean;
  /** Receives messages that arrive for an ended pull: no other reader gets them, and the server counts them as delivered. */
  readonly late?: (message: PulledMessage) => void;
  /** Called whenever the consumer responds. */
  readonly alive?: () => void;
  /** How often the server sends a heartbeat during a waiting pull, in ms. Default 2,000. */
  readonly heartbeatMs?: number;
}

/**
 * Pulls messages through one consumer. This is the only place that requests messages and interprets how pulls end.
 *
 * Nothing arrives that was not requested, so a slow caller costs no memory. A reader never retries: the caller decides what to do about an unsuccessful end.
 */
export class PullReader {
  /** Number of messages that follow the last received one, as the server counted them at that time. */
  pending = 0;
  /** The sequence before the first message, for a reader that `open` created. */
  startsAfter = 0;
  private readonly pulls = new Set<Pull>();
  private readonly stopListening: () => void;
  private isOwner = false;
  private received = 0;
  private closed = false;

  constructor(
    private readonly connection: NatsConnection,
    private readonly name: ConsumerName,
    private readonly options: ReaderOptions
  ) {
    // A server that restarts forgets waiting pulls.
    this.stopListening = connection.onChange(() => this.endAll('interrupted'));
  }

  /** Creates an in-memory consumer without acknowledgements, and a reader that reads through it. */
  static async open(connection: NatsConnection, stream: string, { from, filters, headersOnly }: ReaderScope): Promise<PullReader> {
    const start =
      'after' in from
        ? { deliver_policy: DeliverPolicy.StartSequence, opt_start_seq: from.after + 1 }
        : { deliver_policy: DeliverPolicy.StartTime, opt_start_time: new Date(from.time).toISOString() };
    const info = await createReader(connection, stream, {
      ...start,
      ack_policy: AckPolicy.None,
      replay_policy: ReplayPolicy.Instant,
      inactive_threshold: nanos(CONSUMER_IDLE_MS),
      mem_storage: true,
      num_replicas: 1,
      headers_only: headersOnly === true,
      ...(filters === undefined ? {} : { filter_subjects: [...filters] })
    });
    const reader = new PullReader(connection, { stream, consumer: info.name }, { isOrdered: true });
    reader.isOwner = true;
    reader.pending = info.num_pending;
    reader.startsAfter = info.delivered.stream_seq;
    return reader;
  }

  /** The byte limit with which a pull can contain at least one message of any size. */
  get roomyBytes(): number {
    return this.connection.maxMessageBytes + HEADER_ROOM_BYTES;
  }

  /** Requests messages. Pulls may overlap; the server fulfills them one after another. */
  pull(request: PullRequest): Pull {
    const { client, requestTimeoutMs } = this.connection;
    const { heartbeatMs = HEARTBEAT_MS } = this.options;
    const { messages, bytes, waitMs } = request;
    const beats = waitMs > 2 * heartbeatMs;
    const pull: Pull = new Pull({
      request,
      silenceMs: beats ? 2.5 * heartbeatMs : waitMs + requestTimeoutMs,
      accept: message => this.accept(message),
      late: this.options.late,
      alive: () => this.options.alive?.(),
      ended: () => this.pulls.delete(pull)
    });
    if (this.closed) {
      pull.finish('closed');
      return pull;
    }
    this.pulls.add(pull);
    const inbox = this.connection.createInbox();
    pull.listen(client.subscribe(inbox, { callback: (error, message) => (error ? pull.finish('unreachable') : pull.receive(message)) }));
    const body = {
      batch: messages,
      max_bytes: bytes,
      ...(waitMs === 0 ? { no_wait: true } : { expires: nanos(waitMs) }),
      ...(beats ? { idle_heartbeat: nanos(heartbeatMs) } : {})
    };
    client.publish(`$JS.API.CONSUMER.MSG.NEXT.${this.name.stream}.${this.name.consumer}`, JSON.stringify(body), { reply: inbox });
    return pull;
  }

  /** Ends all pulls as `closed`, and removes a consumer that `open` created. Messages in flight are lost. */
  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.stopListening();
    this.endAll('closed');
    const { client, jetstream, isConnected } = this.connection;
    // Not awaited: the server removes an idle consumer automatically.
    if (this.isOwner && isConnected && !client.isDraining())
      jetstream.consumers.delete(this.name.stream, this.name.consumer).catch(() => undefined);
  }

  /** Closes the reader after the messages in flight have arrived. */
  async drain(): Promise<void> {
    if (this.connection.isConnected) await Promise.all([...this.pulls].map(pull => pull.drain()));
    this.close();
  }

  private accept(message: StoredDelivery): boolean {
    this.received++;
    this.pending = message.pending;
    return !this.options.isOrdered || message.number === this.received;
  }

  private endAll(end: PullEnd): void {
    for (const pull of [...this.pulls]) pull.finish(end);
  }
}

interface PullParts {
  readonly request: PullRequest;
  readonly silenceMs: number;
  /** Returns `false` if a message before this one is missing. */
  readonly accept: (message: PulledMessage) => boolean;
  readonly late: ((message: PulledMessage) => void) | undefined;
  readonly alive: () => void;
  readonly ended: () => void;
}

/** One active pull. */
export class Pull {
  /** `null` while messages may arrive. Messages that arrived before the end can still be taken afterwards. */
  end: PullEnd | null = null;
  /** Number of messages taken. */
  taken = 0;
  private received = 0;
  private receivedAt = performance.now();
  private messages: PulledMessage[] = [];
  private wake: (() => void) | null = null;
  private subscription: Subscription | null = null;
  private readonly watchdog: NodeJS.Timeout;
  private expiry: NodeJS.Timeout;

  constructor(private readonly parts: PullParts) {
    // Checks first what has already arrived: this process may have been busy for the whole time.
    this.watchdog = setTimeout(() => setImmediate(() => this.judgeSilence()), parts.silenceMs);
    this.expiry = setTimeout(() => this.stop(), parts.request.waitMs + 2 * parts.silenceMs);
    this.expiry.unref();
  }

  get request(): PullRequest {
    return this.parts.request;
  }

  /** Returns the received messages, waiting for at least one. Empty if the pull has ended: `end` shows how. */
  async some(most = Infinity): Promise<PulledMessage[]> {
    while (this.messages.length === 0 && this.end === null) await new Promise<void>(resolve => (this.wake = resolve));
    return this.here(most);
  }

  /** Returns the received messages without waiting. */
  here(most = Infinity): PulledMessage[] {
    const messages = this.messages.splice(0, most);
    this.taken += messages.length;
    return messages;
  }

  listen(subscription: Subscription): void {
    this.subscription = subscription;
  }

  receive(message: Msg): void {
    const delivery = parseDelivery(message.reply);
    if (delivery === null) return this.receiveStatus(message);
    const pulled = {
      ...delivery,
      message: storedMessage(message, delivery.sequence),
      respond: (text: string) => void message.respond(text)
    };
    if (this.end !== null) return this.parts.late?.(pulled);
    this.noteReceipt();
    if (!this.parts.accept(pulled)) return this.finish('lost');
    this.received++;
    this.messages.push(pulled);
    this.notify();
    if (this.received >= this.parts.request.messages) this.finish('complete');
  }

  finish(end: PullEnd): void {
    if (this.end === null) {
      this.end = end;
      clearTimeout(this.watchdog);
      this.parts.ended();
      this.notify();
    }
    // The server may still fulfill a pull that fell silent.
    if (end === 'silent') return;
    if (this.parts.late === undefined || !MAY_OVERTAKE.has(end)) return this.stop();
    clearTimeout(this.expiry);
    this.expiry = setTimeout(() => this.stop(), OVERTAKEN_MS).unref();
  }

  async drain(): Promise<void> {
    await this.subscription?.drain().catch(() => undefined);
    this.finish('closed');
  }

  private receiveStatus(message: Msg): void {
    const code = message.headers?.code;
    if (code === STATUS.heartbeat) return this.noteReceipt();
    // The number of received messages shows when the pull is complete.
    if (code === STATUS.conflict && message.headers?.description === BATCH_COMPLETED) return this.noteReceipt();
    this.finish(endOf(code, message.headers?.description));
  }

  private judgeSilence(): void {
    if (this.end === null && performance.now() - this.receivedAt >= this.parts.silenceMs) this.finish('silent');
  }

  private noteReceipt(): void {
    this.receivedAt = performance.now();
    this.watchdog.refresh();
    this.parts.alive();
  }

  private notify(): void {
    this.wake?.();
    this.wake = null;
  }

  private stop(): void {
    clearTimeout(this.expiry);
    this.subscription?.unsubscribe();
    this.subscription = null;
  }
}

function endOf(code: number | undefined, text: string | undefined): PullEnd {
  if (code === STATUS.noMessages) return 'empty';
  if (code === STATUS.expired) return 'expired';
  return code === STATUS.conflict && text === TOO_LARGE ? 'size' : 'unreachable';
}
