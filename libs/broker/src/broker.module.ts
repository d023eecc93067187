import { Module, type DynamicModule, type InjectionToken, type OnApplicationShutdown, type Provider } from '@nestjs/common';
import { Broker, openBroker } from './broker.js';
import type { BrokerOptions } from './broker.options.js';
import { BrokerHealth } from './connection/broker-health.js';
import { EventConsumers } from './consumer/event-consumers.js';
import { EventGroups } from './event-group/event-groups.js';
import { EventLog } from './event-log/event-log.js';
import { KeyValueBuckets } from './key-value/key-value-buckets.js';
import { ObjectStores } from './object-store/object-stores.js';
import { Presence } from './presence/presence.js';
import { CommandProxy, TransferProxy } from './transport/command.proxy.js';
import { CommandServer, TransferServer } from './transport/command.server.js';

/** Makes each part of the broker injectable by its class. */
const PARTS: readonly Provider[] = [
  part(EventLog, broker => broker.eventLog),
  part(EventConsumers, broker => broker.consumers),
  part(EventGroups, broker => broker.eventGroups),
  part(CommandServer, broker => broker.commandServer),
  part(CommandProxy, broker => broker.commandProxy),
  part(TransferServer, broker => broker.transferServer),
  part(TransferProxy, broker => broker.transferProxy),
  part(KeyValueBuckets, broker => broker.buckets),
  part(ObjectStores, broker => broker.objectStores),
  part(Presence, broker => broker.presence),
  part(BrokerHealth, broker => broker.health)
];

/**
 * Provides `Broker` and its parts to the whole application.
 * At startup, the application waits until NATS answers. The connection closes after `beforeApplicationShutdown` of every other module.
 */
@Module({})
export class BrokerModule implements OnApplicationShutdown {
  constructor(private readonly broker: Broker) {}

  static register(options: BrokerOptions): DynamicModule {
    const providers = [{ provide: Broker, useFactory: () => openBroker(options) }, ...PARTS];
    return { module: BrokerModule, global: true, providers, exports: providers };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.broker.close();
  }
}

function part<T>(provide: InjectionToken<T>, useFactory: (broker: Broker) => T): Provider {
  return { provide, inject: [Broker], useFactory };
}
