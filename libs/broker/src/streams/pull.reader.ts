import { AckPolicy, DeliverPolicy, ReplayPolicy } from '@nats-io/jetstream';
import { nanos, type Msg, type Subscription } from '@nats-io/transport-node';
import type { NatsConnection } from '../connection/nats-connection.js';
import { createReader } from './consumer-creation.js';
import { parseDelivery, storedMessage, type StoredDelivery, type StoredMessage } from './stored-message.js';

/** The server removes a consumer of ours that nobody pulls from for this long. */
const CONSUMER_IDLE_MS = 30_000;
const HEARTBEAT_MS = 2_000;
/** A pull counts subject, headers and reply of a message as well. */
const HEADER_ROOM_BYTES = 64 * 1024;
const STATUS = { heartbeat: 100, noMessages: 404, expired: 408, conflict: 409 } as const;
/** nats-server has one code for a message that does not fit, a leader that moves, a server that stops and a consumer that is deleted: only its text distinguishes them (consumer.go). */
const TOO_LARGE = 'Message Size Exceeds MaxBytes';
/** Says that everything was sent. In a cluster it overtakes the messages, which wait for the copies of the consumer. */
const BATCH_COMPLETED = 'Batch Completed';
/** How long messages may follow a status that has overtaken them. */
const OVERTAKEN_MS = 5_000;

/** What a reader of its own reads. */
export interface ReaderScope {
  /** Sequence after which to begin, or the time in ms from which on. */
  readonly from: { readonly after: number } | { readonly time: number };
  /** Subjects to read, not overlapping; all of the stream when missing. */
  readonly filters?: readonly string[];
  /** Leaves the data out. */
  readonly headersOnly?: boolean;
}

/** One request for messages. */
export interface PullRequest {
  readonly messages: number;
  readonly bytes: number;
  /** How long to wait for messages that are not stored yet; 0 takes what is there. */
  readonly waitMs: number;
}

/**
 * How a pull ended. `complete`: all that was asked for came. `empty`: nothing more is stored. `expired`: its time is over. `size`: the next message does not fit its bytes.
 * `unreachable`: the consumer is gone, its leader moves, or its server stops. `silent`: neither messages nor heartbeats came. `interrupted`: the connection was lost. `lost`: a message was lost on
 * the way. `closed`: the reader was closed.
 */
export type PullEnd = 'complete' | 'empty' | 'expired' | 'size' | 'unreachable' | 'silent' | 'interrupted' | 'lost' | 'closed';

/** Ends that the server reports. */
const MAY_OVERTAKE: ReadonlySet<PullEnd> = new Set<PullEnd>(['empty', 'expired', 'size', 'unreachable']);

export interface PulledMessage extends StoredDelivery {
  readonly message: StoredMessage;
  /** Answers the server, for consumers that acknowledge. */
  respond(text: string): void;
}

export interface ConsumerName {
  readonly stream: string;
  readonly consumer: string;
}

export interface ReaderOptions {
  /** Nobody else reads through this consumer, so that its deliveries have to be consecutive. */
  readonly isOrdered: boolean;
  /** Receives what comes for a pull that has ended: nobody else does, and the server takes it for delivered. */
  readonly late?: (message: PulledMessage) => void;
  /** Called whenever the consumer shows life. */
  readonly alive?: () => void;
  /** How often the server shows life during a pull that waits. Default 2,000. */
  readonly heartbeatMs?: number;
}

/**
 * Pulls messages through one consumer: the only place that asks for them and knows how pulls end.
 *
 * Nothing comes that was not asked for, so a slow caller costs no memory. A reader does not repeat anything: what a caller does about an end that is no success is its own policy.
 */
export class PullReader {
  /** How many messages follow the last one received, as the server counted them then. */
  pending = 0;
  /** The sequence before the first message, for a reader that was opened. */
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
    // A server that restarts forgets the pulls that wait.
    this.stopListening = connection.onChange(() => this.endAll('interrupted'));
  }

  /** Creates a consumer in the memory of the server that acknowledges nothing, and reads through it. */
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

  /** Bytes with which a pull holds one message at least, whatever its size. */
  get roomyBytes(): number {
    return this.connection.maxMessageBytes + HEADER_ROOM_BYTES;
  }

  /** Asks for messages. Pulls may overlap; the server fulfils them one after another. */
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

  /** Ends all pulls as `closed`, and removes a consumer that was opened. What is on its way is lost. */
  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.stopListening();
    this.endAll('closed');
    const { client, jetstream, isConnected } = this.connection;
    // Nobody waits for this: the server removes an idle consumer automatically.
    if (this.isOwner && isConnected && !client.isDraining())
      jetstream.consumers.delete(this.name.stream, this.name.consumer).catch(() => undefined);
  }

  /** Closes the reader after what is on its way has arrived. */
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
  /** `false` when a message before this one is missing. */
  readonly accept: (message: PulledMessage) => boolean;
  readonly late: ((message: PulledMessage) => void) | undefined;
  readonly alive: () => void;
  readonly ended: () => void;
}

/** One pull under way. */
export class Pull {
  /** `null` while messages may come. Those that came before can still be taken afterwards. */
  end: PullEnd | null = null;
  /** How many messages were taken. */
  taken = 0;
  private received = 0;
  private receivedAt = performance.now();
  private messages: PulledMessage[] = [];
  private wake: (() => void) | null = null;
  private subscription: Subscription | null = null;
  private readonly watchdog: NodeJS.Timeout;
  private expiry: NodeJS.Timeout;

  constructor(private readonly parts: PullParts) {
    // What has arrived already is looked at first: this process may have been busy for as long.
    this.watchdog = setTimeout(() => setImmediate(() => this.judgeSilence()), parts.silenceMs);
    this.expiry = setTimeout(() => this.stop(), parts.request.waitMs + 2 * parts.silenceMs);
    this.expiry.unref();
  }

  get request(): PullRequest {
    return this.parts.request;
  }

  /** The messages that are here, one at least, waiting for it. Empty when the pull has ended: `end` says how. */
  async some(most = Infinity): Promise<PulledMessage[]> {
    while (this.messages.length === 0 && this.end === null) await new Promise<void>(resolve => (this.wake = resolve));
    return this.here(most);
  }

  /** The messages that are here, without waiting. */
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
    // The server may still fulfil a pull that fell silent.
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
    // How many have come says when it is complete.
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
