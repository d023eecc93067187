import {
  GATEWAY_NAMESPACE,
  isEventName,
  type CommandMessage,
  type CommandOutcome,
  type Cursor,
  type EventEnvelope,
  type SubscribeOutcome,
  type SubscribeRequest
} from '@wabus/contracts';
import { io, type Socket } from 'socket.io-client';
import { requireListedError } from './listed-errors.policy.js';

const ACK_LIMIT_MS = 10_000;

export interface EventClientOptions {
  token?: string;
  namespace?: string;
  reconnection?: boolean;
  /** Default: only `websocket`. */
  transports?: ('polling' | 'websocket')[];
}

/** An event as it arrived. `args` has all arguments of the handler. */
export interface ArrivedEvent<Payload = unknown> {
  name: string;
  payload: Payload;
  args: unknown[];
  arrivedAt: number;
}

/** A subscription that the client repeats from its last cursor after every reconnect. The envelopes contain the cursors. */
export type FollowRequest = Omit<SubscribeRequest, 'envelope'>;

interface PausableSocket {
  pause(): void;
  resume(): void;
}

/** A Socket.IO connection to the gateway that records what arrives, and that can resume at another edge from its last cursor. */
export class EventClient {
  socket: Socket;
  /** All events so far, oldest first. */
  readonly arrived: ArrivedEvent[] = [];
  /** Every envelope so far, single or in a batch, oldest first. */
  readonly envelopes: EventEnvelope[] = [];
  /** Where to resume: after the last envelope, or at the start of the last subscription if none has arrived since. */
  cursor: Cursor | undefined;
  private followed: FollowRequest | null = null;
  private unread: PausableSocket | null = null;
  private readonly watchers = new Set<(event: ArrivedEvent) => void>();

  constructor(
    url: string,
    private readonly options: EventClientOptions = {}
  ) {
    this.socket = this.open(url);
  }

  /** Resolves when connected; rejects with the gateway's `connect_error`, whose `data` is the error body. */
  async connected(): Promise<void> {
    if (this.socket.connected) return;
    await new Promise<void>((resolve, reject) => {
      this.socket.once('connect', resolve);
      this.socket.once('connect_error', reject);
    });
  }

  subscribe(request: string[] | SubscribeRequest): Promise<SubscribeOutcome> {
    return this.ask('subscribe', request);
  }

  /**
   * Subscribes to envelopes or batches, and subscribes again from the last cursor after every loss of the connection.
   * Needs the option `reconnection` to reconnect automatically.
   */
  async follow(request: FollowRequest): Promise<SubscribeOutcome> {
    this.followed = request;
    return this.subscribeAfter(request.since);
  }

  /** Disconnects from this edge and resumes at another one after the last cursor. */
  async resumeAt(url: string): Promise<SubscribeOutcome> {
    if (this.followed === null) throw new Error('nothing was followed');
    this.close();
    this.socket = this.open(url);
    await this.connected();
    return this.subscribeAfter(this.cursor);
  }

  unsubscribe(events?: string[]): Promise<SubscribeOutcome> {
    return this.ask('unsubscribe', events);
  }

  async command(message: CommandMessage): Promise<CommandOutcome> {
    const outcome = await this.ask<CommandOutcome>('command', message);
    // Tests also send invalid messages.
    if (!outcome.ok) requireListedError((message as CommandMessage | null)?.method, outcome.error.code);
    return outcome;
  }

  /**
   * Resolves with the first event of this name that satisfies the predicate, whether it has already arrived or arrives within `waitMs`.
   * @throws Error that lists what did arrive
   */
  awaitEvent<Payload = unknown>(
    name: string,
    predicate: (payload: Payload) => boolean = () => true,
    waitMs = 20_000
  ): Promise<ArrivedEvent<Payload>> {
    const fits = (event: ArrivedEvent): boolean => event.name === name && predicate(event.payload as Payload);
    const seen = this.arrived.find(fits);
    if (seen) return Promise.resolve(seen as ArrivedEvent<Payload>);
    return new Promise((resolve, reject) => {
      const watcher = (event: ArrivedEvent): void => {
        if (!fits(event)) return;
        finish();
        resolve(event as ArrivedEvent<Payload>);
      };
      const finish = (): void => {
        clearTimeout(timer);
        this.watchers.delete(watcher);
      };
      const timer = setTimeout(() => {
        finish();
        const others = this.arrived.map(event => event.name);
        reject(new Error(`no fitting ${name} within ${waitMs} ms; arrived: ${others.join(', ') || 'nothing'}`));
      }, waitMs);
      this.watchers.add(watcher);
    });
  }

  /** Clears the recorded events, so that `awaitEvent` waits for the next one. */
  forget(): void {
    this.arrived.length = 0;
  }

  /** Stops reading from the network, like a program that hangs. WebSocket only. */
  stopReading(): void {
    this.unread = this.webSocket;
    this.unread.pause();
  }

  /** Reads what has arrived since on the stopped connection, even if the edge has closed it. */
  readAgain(): void {
    this.unread?.resume();
    this.unread = null;
  }

  close(): void {
    this.socket.disconnect();
  }

  private get webSocket(): PausableSocket {
    const { transport } = this.socket.io.engine as unknown as { transport: { ws?: PausableSocket } };
    if (transport.ws === undefined) throw new Error('the client does not use a WebSocket');
    return transport.ws;
  }

  private open(url: string): Socket {
    const { token, namespace = GATEWAY_NAMESPACE, reconnection = false, transports = ['websocket'] } = this.options;
    const socket = io(new URL(namespace, url).href, { auth: { token }, reconnection, transports, forceNew: true });
    socket.onAny((name: string, ...args: unknown[]) => this.receive({ name, payload: args[0], args, arrivedAt: Date.now() }));
    socket.io.on('reconnect', () => {
      if (this.followed !== null) void this.subscribeAfter(this.cursor).catch(() => undefined);
    });
    return socket;
  }

  private receive(event: ArrivedEvent): void {
    this.arrived.push(event);
    if (event.name === 'batch') this.keep(event.payload as EventEnvelope[]);
    else if (this.followed !== null && isEventName(event.name)) this.keep([event.payload as EventEnvelope]);
    for (const watcher of this.watchers) watcher(event);
  }

  private keep(envelopes: EventEnvelope[]): void {
    this.envelopes.push(...envelopes);
    this.cursor = envelopes.at(-1)?.cursor ?? this.cursor;
  }

  private async subscribeAfter(since: Cursor | undefined): Promise<SubscribeOutcome> {
    const outcome = await this.subscribe({ ...this.followed!, envelope: true, ...(since === undefined ? {} : { since }) });
    if (outcome.ok) this.cursor ??= outcome.cursor;
    return outcome;
  }

  private async ask<Answer>(event: string, message: unknown): Promise<Answer> {
    return (await this.socket.timeout(ACK_LIMIT_MS).emitWithAck(event, message)) as Answer;
  }
}
