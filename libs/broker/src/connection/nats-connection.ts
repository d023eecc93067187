import { jetstreamManager, type JetStreamManager } from '@nats-io/jetstream';
import { createInbox, type NatsConnection as NatsClient } from '@nats-io/transport-node';
import { setTimeout as delay } from 'node:timers/promises';
import type { BrokerConnection } from '../broker.options.js';
import { EventFence } from '../streams/logged-event.codec.js';
import { CREDENTIAL_SETTINGS, connectOnceThere, destinationOf, isRefusedLogin, type ServerDestination } from './connection-opener.js';
import { isSupportedServer, MINIMUM_SERVER_VERSION } from './server-version.policy.js';
import { StoringState } from './storing.state.js';
import { StructuredLogger } from '../logging/structured.logger.js';
import { writeOncePerTurn } from './turn.writer.js';

const DRAIN_LIMIT_MS = 3_000;

/** A connection to NATS that reconnects forever and logs every change of its state. */
export class NatsConnection {
  private static readonly logger = new StructuredLogger('broker');
  private readonly logger = NatsConnection.logger;
  private readonly listeners = new Set<(connected: boolean) => void>();
  private connected = true;
  /** The streams that do not store, as the outcomes of this process's writes show. */
  readonly storing = new StoringState();
  /** The events that this process ignores. */
  readonly fence = new EventFence();

  private constructor(
    readonly client: NatsClient,
    readonly jetstream: JetStreamManager,
    readonly requestTimeoutMs: number,
    private readonly destination: ServerDestination
  ) {
    writeOncePerTurn(client);
    void this.observe();
  }

  /** Connects, retrying without limit, even while NATS refuses the credentials or is too old; the log reports why. Rejects when `signal` is aborted. */
  static async open(settings: BrokerConnection, signal?: AbortSignal): Promise<NatsConnection> {
    const requestTimeoutMs = settings.requestTimeoutMs ?? 2_000;
    const destination = destinationOf(settings, requestTimeoutMs);
    const client = await connectOnceThere(destination, signal);
    this.logger.info({ server: client.getServer() }, 'connected to nats');
    const jetstream = await jetstreamManager(client, { timeout: requestTimeoutMs, checkAPI: false });
    return new NatsConnection(client, jetstream, requestTimeoutMs, destination);
  }

  get isConnected(): boolean {
    return this.connected && !this.client.isClosed();
  }

  /** The maximum size of a message in bytes, headers included. */
  get maxMessageBytes(): number {
    return this.client.info?.max_payload ?? 1_048_576;
  }

  /** Returns a new unique subject for replies. */
  createInbox(): string {
    return createInbox(this.destination.inboxPrefix);
  }

  /** Calls the listener whenever the connection is lost or restored. Returns a function that removes the listener. */
  onChange(listener: (connected: boolean) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Sends what is buffered, then closes. A connection that is down is closed immediately. */
  async close(): Promise<void> {
    if (this.client.isClosed()) return;
    if (this.connected) {
      const limit = new AbortController();
      await Promise.race([this.client.drain(), delay(DRAIN_LIMIT_MS, undefined, { signal: limit.signal })]).catch(() => undefined);
      limit.abort();
    }
    await this.client.close();
  }

  private async observe(): Promise<void> {
    for await (const status of this.client.status()) {
      switch (status.type) {
        case 'disconnect':
          this.setConnected(false);
          this.logger.warn({ server: status.server }, 'connection to nats lost');
          break;
        case 'reconnect':
          writeOncePerTurn(this.client);
          this.setConnected(true);
          this.logger.info({ server: status.server }, 'connection to nats restored');
          this.warnOfOldServer();
          break;
        case 'error':
          this.reportError(status.error);
          break;
        case 'slowConsumer':
          this.logger.warn({ pending: status.pending }, 'nats subscription is slow');
          break;
        case 'ldm':
          this.logger.info({ server: status.server }, 'nats-server is about to stop');
          break;
        case 'close':
          this.setConnected(false);
          break;
        case 'staleConnection':
        case 'forceReconnect':
        case 'reconnecting':
        case 'update':
        case 'ping':
          break;
      }
    }
  }

  private reportError(err: Error): void {
    const server = this.client.getServer();
    if (!isRefusedLogin(err)) return this.logger.error({ err }, 'nats reported an error');
    this.logger.error(
      { server, user: this.destination.user, settings: CREDENTIAL_SETTINGS },
      'nats refuses the user, password or token, retrying'
    );
  }

  /** The process keeps running; operations that need a newer server fail one by one. */
  private warnOfOldServer(): void {
    const version = this.client.info?.version ?? '';
    if (!isSupportedServer(version)) this.logger.error({ version, needed: MINIMUM_SERVER_VERSION }, 'nats-server is too old');
  }

  private setConnected(connected: boolean): void {
    if (this.connected === connected) return;
    this.connected = connected;
    this.storing.reset();
    for (const listener of [...this.listeners]) listener(connected);
  }
}
