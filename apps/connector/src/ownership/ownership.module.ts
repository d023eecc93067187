import {
  Inject,
  Module,
  type BeforeApplicationShutdown,
  type DynamicModule,
  type FactoryProvider,
  type ModuleMetadata,
  type OnApplicationBootstrap
} from '@nestjs/common';
import { Broker } from '@wabus/broker';
import type { Logger } from 'pino';
import { OwnershipLoop } from './ownership.loop.js';
import type { OwnershipOptions } from './ownership.options.js';
import { SessionRunner } from './session-lease.js';

export interface OwnershipSettings {
  readonly options: OwnershipOptions;
  readonly logger: Logger;
}

export interface OwnershipAsyncOptions extends Pick<ModuleMetadata, 'imports'> {
  readonly inject?: FactoryProvider['inject'];
  readonly useFactory: FactoryProvider<OwnershipSettings>['useFactory'];
}

const SETTINGS = Symbol('OwnershipSettings');

/**
 * Provides `OwnershipLoop`. Needs `SessionRunner` from one of `imports`, and the broker module. Takes sessions once the application has started;
 * gives all of them away before it closes its connections.
 */
@Module({})
export class OwnershipModule implements OnApplicationBootstrap, BeforeApplicationShutdown {
  constructor(
    @Inject(OwnershipLoop) private readonly loop: OwnershipLoop,
    @Inject(SETTINGS) private readonly settings: OwnershipSettings
  ) {}

  static forRootAsync({ imports = [], inject = [], useFactory }: OwnershipAsyncOptions): DynamicModule {
    return {
      module: OwnershipModule,
      imports,
      providers: [
        { provide: SETTINGS, inject, useFactory },
        {
          provide: OwnershipLoop,
          inject: [Broker, SessionRunner, SETTINGS],
          useFactory: ({ buckets, presence, eventLog }: Broker, runner: SessionRunner, settings: OwnershipSettings) =>
            new OwnershipLoop({ buckets, presence, eventLog, runner, ...settings })
        }
      ],
      exports: [OwnershipLoop]
    };
  }

  onApplicationBootstrap(): void {
    // The application is up before it has joined: readiness tells when it has.
    this.loop.start().catch((err: unknown) => {
      if (!(err instanceof Error && err.name === 'AbortError')) this.settings.logger.fatal({ err }, 'connector could not join the cluster');
    });
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.loop.drain();
  }
}
