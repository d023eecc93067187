import {
  Inject,
  Module,
  type DynamicModule,
  type FactoryProvider,
  type ModuleMetadata,
  type OnApplicationShutdown,
  type Provider
} from '@nestjs/common';
import { Broker, openBroker } from './broker.js';
import type { BrokerOptions } from './broker.options.js';
import { CommandBus, TransferBus } from './command-bus/command-bus.js';
import { BrokerHealth } from './connection/broker-health.js';
import { EventConsumers } from './consumer/event-consumers.js';
import { EventGroups } from './event-group/event-groups.js';
import { EventLog } from './event-log/event-log.js';
import { KeyValueBuckets } from './key-value/key-value-buckets.js';
import { ObjectStores } from './object-store/object-stores.js';
import { Presence } from './presence/presence.js';

export interface BrokerAsyncOptions extends Pick<ModuleMetadata, 'imports'> {
  readonly inject?: FactoryProvider['inject'];
  readonly useFactory: FactoryProvider<BrokerOptions>['useFactory'];
}

/**
 * Provides `EventLog`, `EventConsumers`, `EventGroups`, `CommandBus`, `TransferBus`, `KeyValueBuckets`, `ObjectStores`, `Presence`, `BrokerHealth` and `Broker` to the whole application.
 * The application waits at start until NATS answers; the connection closes after every other module had its `beforeApplicationShutdown`.
 */
@Module({})
export class BrokerModule implements OnApplicationShutdown {
  constructor(@Inject(Broker) private readonly broker: Broker) {}

  static forRoot(options: BrokerOptions): DynamicModule {
    return this.forRootAsync({ useFactory: () => options });
  }

  static forRootAsync(options: BrokerAsyncOptions): DynamicModule {
    const broker: FactoryProvider<Broker> = {
      provide: Broker,
      inject: options.inject ?? [],
      useFactory: async (...dependencies: unknown[]) => openBroker(await options.useFactory(...dependencies))
    };
    const parts: Provider[] = [
      { provide: EventLog, inject: [Broker], useFactory: (b: Broker) => b.eventLog },
      { provide: EventConsumers, inject: [Broker], useFactory: (b: Broker) => b.consumers },
      { provide: EventGroups, inject: [Broker], useFactory: (b: Broker) => b.eventGroups },
      { provide: CommandBus, inject: [Broker], useFactory: (b: Broker) => b.commandBus },
      { provide: TransferBus, inject: [Broker], useFactory: (b: Broker) => b.transferBus },
      { provide: KeyValueBuckets, inject: [Broker], useFactory: (b: Broker) => b.buckets },
      { provide: ObjectStores, inject: [Broker], useFactory: (b: Broker) => b.objectStores },
      { provide: Presence, inject: [Broker], useFactory: (b: Broker) => b.presence },
      { provide: BrokerHealth, inject: [Broker], useFactory: (b: Broker) => b.health }
    ];
    return {
      module: BrokerModule,
      global: true,
      imports: options.imports ?? [],
      providers: [broker, ...parts],
      exports: [
        Broker,
        EventLog,
        EventConsumers,
        EventGroups,
        CommandBus,
        TransferBus,
        KeyValueBuckets,
        ObjectStores,
        Presence,
        BrokerHealth
      ]
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.broker.close();
  }
}
