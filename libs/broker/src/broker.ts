import { TRANSFER_PREFIX } from '@wabus/contracts';
import type { CommandBus, TransferBus } from './command-bus/command-bus.js';
import { NatsCommandBus } from './command-bus/nats.command-bus.js';
import type { BrokerOptions } from './broker.options.js';
import type { BrokerHealth } from './connection/broker-health.js';
import { NatsConnection } from './connection/nats.connection.js';
import type { EventConsumers } from './consumer/event-consumers.js';
import { NatsEventConsumers } from './consumer/nats.event-consumers.js';
import type { EventGroups } from './event-group/event-groups.js';
import { NatsEventGroups } from './event-group/nats.event-groups.js';
import type { EventLog } from './event-log/event-log.js';
import { NatsEventLog } from './event-log/nats.event-log.js';
import type { KeyValueBuckets } from './key-value/key-value-buckets.js';
import { NatsKeyValueBuckets } from './key-value/nats.key-value-buckets.js';
import { NatsObjectStores } from './object-store/nats.object-stores.js';
import type { ObjectStores } from './object-store/object-stores.js';
import type { Presence } from './presence/presence.js';
import { NatsPresence } from './presence/nats.presence.js';
import { bucketStream, eventStream, objectStream } from './streams/stream.definition.js';
import { requireKnownFormats } from './streams/stream.provisioner.js';

/** Everything that goes over one connection to NATS. */
export abstract class Broker {
  abstract readonly eventLog: EventLog;
  abstract readonly consumers: EventConsumers;
  abstract readonly eventGroups: EventGroups;
  abstract readonly commandBus: CommandBus;
  abstract readonly transferBus: TransferBus;
  abstract readonly buckets: KeyValueBuckets;
  abstract readonly objectStores: ObjectStores;
  abstract readonly presence: Presence;
  abstract readonly health: BrokerHealth;
  /** Sends what is under way and closes the connection. Events that wait for an acknowledgement are rejected with `BROKER_UNAVAILABLE`. */
  abstract close(): Promise<void>;
}

/**
 * Connects, creates or updates the event stream and the buckets, and settles when all can be used.
 * Waits for a broker that is not there yet, for as long as it takes, and says so in the log; `signal` ends the waiting.
 */
export async function openBroker(options: BrokerOptions, signal?: AbortSignal): Promise<Broker> {
  const connection = await NatsConnection.open(options.connection, signal);
  const { eventLog: logSettings = {}, objectStores: stores = [] } = options;
  try {
    const definitions = [eventStream(logSettings), ...options.buckets.map(bucketStream), ...stores.map(objectStream)];
    await requireKnownFormats(connection, definitions, signal);
    const eventLog = await NatsEventLog.open(connection, logSettings, signal);
    const buckets = await NatsKeyValueBuckets.open(connection, options.buckets, signal);
    const objectStores = await NatsObjectStores.open(connection, stores, signal);
    return new NatsBroker(connection, { eventLog, buckets, objectStores });
  } catch (error) {
    await connection.close();
    throw error;
  }
}

class NatsBroker extends Broker {
  readonly eventLog: NatsEventLog;
  readonly buckets: KeyValueBuckets;
  readonly objectStores: ObjectStores;
  readonly consumers: EventConsumers;
  readonly eventGroups: NatsEventGroups;
  readonly commandBus: CommandBus;
  readonly transferBus: TransferBus;
  readonly presence: Presence;

  constructor(
    readonly health: NatsConnection,
    { eventLog, buckets, objectStores }: { eventLog: NatsEventLog; buckets: KeyValueBuckets; objectStores: ObjectStores }
  ) {
    super();
    this.eventLog = eventLog;
    this.buckets = buckets;
    this.objectStores = objectStores;
    this.consumers = new NatsEventConsumers(health);
    this.eventGroups = new NatsEventGroups(health);
    this.commandBus = new NatsCommandBus(health);
    this.transferBus = new NatsCommandBus(health, TRANSFER_PREFIX);
    this.presence = new NatsPresence(health);
  }

  async close(): Promise<void> {
    await this.eventGroups.close();
    await this.eventLog.close();
    await this.health.close();
  }
}
