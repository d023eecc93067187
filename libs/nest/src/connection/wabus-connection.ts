import { setTimeout as delay } from 'node:timers/promises';
import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { connect, errors, type NatsConnection } from '@nats-io/transport-node';
import { WabusError } from '@wabus/sdk/catalog';
import { natsOptionsOf, WABUS_OPTIONS, type WabusConnectionOptions } from './connection.options.js';

const RETRY_MS = 500;
const ATTEMPTS_PER_LOG_LINE = 20;

/**
 * The connection of a service to NATS: opened once, when it is first needed, and closed after everything else of the application.
 * Waits for a server that cannot be reached yet; rejects when the server refuses the user.
 */
@Injectable()
export class WabusConnection implements OnApplicationShutdown {
  private readonly logger = new Logger('Wabus');
  private opening: Promise<NatsConnection> | null = null;
  private opened: NatsConnection | null = null;
  private readonly ended = new AbortController();

  constructor(@Inject(WABUS_OPTIONS) readonly options: WabusConnectionOptions) {}

  /** The open connection, `null` while there is none. */
  get current(): NatsConnection | null {
    return this.opened === null || this.opened.isClosed() ? null : this.opened;
  }

  /** The connection; opens it if necessary. */
  open(): Promise<NatsConnection> {
    this.opening ??= this.connect().catch((error: unknown) => {
      this.opening = null;
      throw error;
    });
    return this.opening;
  }

  /** Closes it once everything that was sent has left. */
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
        this.opened = await connect(natsOptionsOf(this.options));
        return this.opened;
      } catch (error) {
        if (error instanceof errors.AuthorizationError || error instanceof errors.InvalidArgumentError) throw error;
        if (attempt % ATTEMPTS_PER_LOG_LINE === 0) this.logger.warn(`nats cannot be reached: ${String(error)}`);
        await delay(RETRY_MS, undefined, { signal: this.ended.signal }).catch(() => undefined);
      }
    }
  }
}
