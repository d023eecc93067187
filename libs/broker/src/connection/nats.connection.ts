import { jetstreamManager, type JetStreamManager } from '@nats-io/jetstream';
import { connect, createInbox, errors, type ConnectionOptions, type NatsConnection as NatsClient } from '@nats-io/transport-node';
import { WabusError } from '@wabus/contracts';
import { setTimeout as delay } from 'node:timers/promises';
import type { ConnectionSettings } from '../broker.options.js';
import { isPassing } from '../errors/broker-error.mapper.js';
import { backOffMs } from './back-off.policy.js';
import { BrokerHealth } from './broker-health.js';
import { StructuredLogger } from '../logging/structured.logger.js';

const HEALTH_TIMEOUT_MS = 2_000;
/** What inboxes begin with, whoever they belong to. */
export const INBOX_PREFIX = '_INBOX';
const DRAIN_LIMIT_MS = 3_000;

/** One connection to NATS that reconnects for ever and says in the log what happens to it. */
export class NatsConnection extends BrokerHealth {
  private static readonly logger = new StructuredLogger('Broker');
  private readonly logger = NatsConnection.logger;
  private readonly listeners = new Set<(connected: boolean) => void>();
  private connected = true;

  private constructor(
    readonly client: NatsClient,
    readonly jetstream: JetStreamManager,
    readonly requestTimeoutMs: number,
    private readonly inboxPrefix: string | undefined
  ) {
    super();
    void this.observe();
  }

  /** Connects, however long that takes. Throws when the credentials are refused, or when `signal` is aborted. */
  static async open(settings: ConnectionSettings, signal?: AbortSignal): Promise<NatsConnection> {
    const requestTimeoutMs = settings.requestTimeoutMs ?? 2_000;
    const client = await connectOnceThere(connectionOptions(settings, requestTimeoutMs), signal);
    this.logger.info({ server: client.getServer() }, 'connected to nats');
    const jetstream = await jetstreamManager(client, { timeout: requestTimeoutMs, checkAPI: false });
    return new NatsConnection(client, jetstream, requestTimeoutMs, inboxPrefixOf(settings));
  }

  get isConnected(): boolean {
    return this.connected && !this.client.isClosed();
  }

  /** The largest message the server takes, headers included, in bytes. */
  get maxMessageBytes(): number {
    return this.client.info?.max_payload ?? 1_048_576;
  }

  /** A subject of one's own, for answers. */
  createInbox(): string {
    return createInbox(this.inboxPrefix);
  }

  /** Calls the listener at each loss and each return of the connection. Returns what ends that. */
  onChange(listener: (connected: boolean) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  async check(): Promise<void> {
    if (!this.isConnected) throw new WabusError('BROKER_UNAVAILABLE', { message: 'There is no connection to NATS at the moment.' });
    try {
      await this.client.request('$JS.API.INFO', '', { timeout: HEALTH_TIMEOUT_MS });
    } catch (error) {
      throw new WabusError('BROKER_UNAVAILABLE', { cause: error });
    }
  }

  /** Sends what is buffered, then closes. A connection that is down now is closed at once. */
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
          this.setConnected(true);
          this.logger.info({ server: status.server }, 'connection to nats restored');
          break;
        case 'error':
          this.logger.error({ err: status.error }, 'nats reported an error');
          break;
        case 'slowConsumer':
          this.logger.warn({ pending: status.pending }, 'a subscription is slow');
          break;
        case 'ldm':
          this.logger.info({ server: status.server }, 'the nats server is about to stop');
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

  private setConnected(connected: boolean): void {
    if (this.connected === connected) return;
    this.connected = connected;
    for (const listener of [...this.listeners]) listener(connected);
  }
}

function inboxPrefixOf({ user }: ConnectionSettings): string | undefined {
  return user === undefined ? undefined : `${INBOX_PREFIX}_${user}`;
}

function connectionOptions(settings: ConnectionSettings, requestTimeoutMs: number): ConnectionOptions {
  return {
    servers: [...settings.servers],
    name: settings.name,
    token: settings.token,
    user: settings.user,
    pass: settings.password,
    inboxPrefix: inboxPrefixOf(settings),
    timeout: requestTimeoutMs,
    maxReconnectAttempts: -1,
    reconnectTimeWait: 100,
    reconnectJitter: 100,
    ignoreAuthErrorAbort: true,
    // A dead link is noticed after at most six seconds, before the lease of a connector expires.
    pingInterval: 2_000,
    maxPingOut: 2,
    // Saves an Error object for each request.
    noAsyncTraces: true
  };
}

async function connectOnceThere(options: ConnectionOptions, signal: AbortSignal | undefined): Promise<NatsClient> {
  const logger = new StructuredLogger('Broker');
  for (let attempt = 1; ; attempt++) {
    signal?.throwIfAborted();
    try {
      return await connect(options);
    } catch (error) {
      if (!isPassing(error) || error instanceof errors.InvalidArgumentError) throw error;
      // One line at first and then one in about ten seconds.
      if (attempt % 10 === 1) logger.warn({ err: error, servers: options.servers }, 'nats does not answer, still trying');
      await delay(backOffMs(attempt), undefined, { signal });
    }
  }
}
