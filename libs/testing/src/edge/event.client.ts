import {
  GATEWAY_NAMESPACE,
  type CommandMessage,
  type CommandOutcome,
  type SubscribeOutcome,
  type SubscribeRequest
} from '@wabus/contracts';
import { io, type Socket } from 'socket.io-client';

const ACK_LIMIT_MS = 10_000;

export interface EventClientOptions {
  token?: string;
  namespace?: string;
  reconnection?: boolean;
}

/** One event as it arrived, in order of arrival. `args` is everything the handler got. */
export interface ArrivedEvent<Payload = unknown> {
  name: string;
  payload: Payload;
  args: unknown[];
  arrivedAt: number;
}

/** A Socket.IO connection to the gateway that remembers what arrived. */
export class EventClient {
  readonly socket: Socket;
  /** All events so far, oldest first. */
  readonly arrived: ArrivedEvent[] = [];
  private readonly watchers = new Set<(event: ArrivedEvent) => void>();

  constructor(url: string, { token, namespace = GATEWAY_NAMESPACE, reconnection = false }: EventClientOptions = {}) {
    this.socket = io(new URL(namespace, url).href, { auth: { token }, reconnection, forceNew: true });
    this.socket.onAny((name: string, ...args: unknown[]) => {
      const event = { name, payload: args[0], args, arrivedAt: Date.now() };
      this.arrived.push(event);
      for (const watcher of this.watchers) watcher(event);
    });
  }

  /** Settles when connected; fails with the gateway's `connect_error`, whose `data` is the error body. */
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

  unsubscribe(events?: string[]): Promise<SubscribeOutcome> {
    return this.ask('unsubscribe', events);
  }

  command(message: CommandMessage): Promise<CommandOutcome> {
    return this.ask('command', message);
  }

  /**
   * Settles with the first event of this name that satisfies the predicate, whether it has arrived already or arrives within `waitMs`.
   * @throws Error that tells what did arrive
   */
  awaitEvent<Payload = unknown>(
    name: string,
    predicate: (payload: Payload) => boolean = () => true,
    waitMs = 10_000
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

  /** Forgets what has arrived, so that `awaitEvent` waits for what comes next. */
  forget(): void {
    this.arrived.length = 0;
  }

  close(): void {
    this.socket.disconnect();
  }

  private async ask<Answer>(event: string, message: unknown): Promise<Answer> {
    return (await this.socket.timeout(ACK_LIMIT_MS).emitWithAck(event, message)) as Answer;
  }
}
