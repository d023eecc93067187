import type { BrokerOptions } from './broker.options.js';
import { BrokerHealth } from './connection/broker-health.js';
import { NatsConnection } from './connection/nats-connection.js';
import { EventConsumers } from './consumer/event-consumers.js';
import { EventGroups } from './event-group/event-groups.js';
import { EventLog } from './event-log/event-log.js';
import { KeyValueBuckets } from './key-value/key-value-buckets.js';
import { ObjectStores } from './object-store/object-stores.js';
import { Presence } from './presence/presence.js';
import { bucketStream, eventStream, objectStream } from './streams/stream-definition.js';
import { requireKnownFormats } from './streams/stream-provisioner.js';
import { CommandProxy, TransferProxy } from './transport/command.proxy.js';
import { CommandServer, TransferServer } from './transport/command.server.js';

/** One connection to NATS and everything that uses it. */
export class Broker {
  readonly eventLog: EventLog;
  readonly buckets: KeyValueBuckets;
  readonly objectStores: ObjectStores;
  readonly consumers: EventConsumers;
  readonly eventGroups: EventGroups;
  readonly commandServer: CommandServer;
  readonly commandProxy: CommandProxy;
  readonly transferServer: TransferServer;
  readonly transferProxy: TransferProxy;
  readonly presence: Presence;
  readonly health: BrokerHealth;

  constructor(
    private readonly connection: NatsConnection,
    { eventLog, buckets, objectStores }: Pick<Broker, 'eventLog' | 'buckets' | 'objectStores'>
  ) {
    this.eventLog = eventLog;
    this.buckets = buckets;
    this.objectStores = objectStores;
    this.consumers = new EventConsumers(connection);
    this.eventGroups = new EventGroups(connection);
    this.commandServer = new CommandServer(connection);
    this.commandProxy = new CommandProxy(connection);
    this.transferServer = new TransferServer(connection);
    this.transferProxy = new TransferProxy(connection);
    this.presence = new Presence(connection);
    this.health = new BrokerHealth(connection);
  }

  /** Sends everything that is buffered, then closes the connection. Publications without an acknowledgement are rejected with `BROKER_UNAVAILABLE`. */
  async close(): Promise<void> {
    await this.eventGroups.close();
    await this.eventLog.close();
    await this.connection.close();
  }
}

/**
 * Connects, creates or updates the event stream and the buckets, and resolves when all of them are usable.
 * If the broker is unavailable, waits without limit and logs the reason; `signal` cancels the wait.
 */
export async function openBroker(options: BrokerOptions, signal?: AbortSignal): Promise<Broker> {
  const connection = await NatsConnection.open(options.connection, signal);
  const { eventLog: logSettings = {}, objectStores: stores = [] } = options;
  try {
    const definitions = [eventStream(logSettings), ...options.buckets.map(bucketStream), ...stores.map(objectStream)];
    await requireKnownFormats(connection, definitions, signal);
    const eventLog = await EventLog.open(connection, logSettings, signal);
    const buckets = await KeyValueBuckets.open(connection, options.buckets, signal);
    const objectStores = await ObjectStores.open(connection, stores, signal);
    return new Broker(connection, { eventLog, buckets, objectStores });
  } catch (error) {
    await connection.close();
    throw error;
  }
}
