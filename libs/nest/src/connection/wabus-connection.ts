import { setTimeout as delay } from 'node:timers/promises';
import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { connect, errors, type NatsConnection } from '@nats-io/transport-node';
import { WabusError } from '@wabus/sdk/catalog';
import { natsOptionsOf, WABUS_OPTIONS, type WabusConnectionOptions } from './connection.options.js';

const RETRY_MS = 500;
const ATTEMPTS_PER_LOG_LINE = 20;

/**
 * The connection of a service to NATS. It is opened on first use, and closed after the rest of the application. Opening waits for a server that cannot be
 * reached yet, and rejects if the server refuses the user.
 */
@Injectable()
export class WabusConnection implements OnApplicationShutdown {
  private readonly logger = new Logger('Wabus');
  private opening: Promise<NatsConnection> | null = null;
  private opened: NatsConnection | null = null;
  private readonly ended = new AbortController();
  private isLost = false;
  private waiting: (() => void)[] = [];

  constructor(@Inject(WABUS_OPTIONS) readonly options: WabusConnectionOptions) {}

  /** The open connection; `null` if there is none. */
  get current(): NatsConnection | null {
    return this.opened === null || this.opened.isClosed() ? null : this.opened;
  }

  /** Returns the connection, and opens it if necessary. */
  open(): Promise<NatsConnection> {
    this.opening ??= this.connect().catch((error: unknown) => {
      this.opening = null;
      throw error;
    });
    return this.opening;
  }

  /** Returns the connection once it is up. Rejects with `UNREACHABLE` after `waitMs`; nothing was sent in that case. */
  async ready(waitMs: number): Promise<NatsConnection> {
    if (this.current !== null && !this.isLost) return this.current;
    let timer: NodeJS.Timeout | undefined;
    const expired = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new WabusError('UNREACHABLE')), waitMs);
    });
    try {
      const client = await Promise.race([this.open(), expired]);
      if (this.isLost) await Promise.race([new Promise<void>(resolve => this.waiting.push(resolve)), expired]);
      return client;
    } finally {
      clearTimeout(timer);
    }
  }

  /** Closes the connection after everything that was published has been sent. */
  async close(): Promise<void> {
    this.ended.abort();
    const client = await this.opening?.catch(() => null);
    if (client && !client.isClosed()) await client.drain().catch(() => client.close());
  }

  onApplicationShutdown(): Promise<void> {
    return this.close();
  }

  private async connect(): Promise<NatsConnection> {
    for (let attempt = 0; ; attempt++) {
      if (this.ended.signal.aborted) throw new WabusError('CLOSED');
      try {
        const client = await connect(natsOptionsOf(this.options));
        this.opened = client;
        void this.watch(client);
        return client;
      } catch (error) {
        if (error instanceof errors.AuthorizationError || error instanceof errors.InvalidArgumentError) throw error;
        if (attempt % ATTEMPTS_PER_LOG_LINE === 0) this.logger.warn(`cannot reach nats: ${String(error)}`);
        await delay(RETRY_MS, undefined, { signal: this.ended.signal }).catch(() => undefined);
      }
    }
  }

  private async watch(client: NatsConnection): Promise<void> {
    for await (const { type } of client.status()) {
      if (type === 'disconnect') this.isLost = true;
      if (type !== 'reconnect') continue;
      this.isLost = false;
      for (const proceed of this.waiting.splice(0)) proceed();
    }
  }
}
