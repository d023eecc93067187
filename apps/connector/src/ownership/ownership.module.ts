import { Module, type BeforeApplicationShutdown, type DynamicModule, type OnApplicationBootstrap } from '@nestjs/common';
import { OwnershipLoop, OwnershipParts } from './ownership.loop.js';
import { OwnershipOptions } from './ownership.options.js';

/**
 * Provides `OwnershipLoop`. Requires `SessionRunner`.
 * Takes sessions once the application has started, and gives all of them away before it closes its connections.
 */
@Module({})
export class OwnershipModule implements OnApplicationBootstrap, BeforeApplicationShutdown {
  constructor(
    private readonly loop: OwnershipLoop,
    private readonly parts: OwnershipParts
  ) {}

  static register(options: OwnershipOptions): DynamicModule {
    return {
      module: OwnershipModule,
      global: true,
      providers: [{ provide: OwnershipOptions, useValue: options }, OwnershipParts, OwnershipLoop],
      exports: [OwnershipLoop]
    };
  }

  onApplicationBootstrap(): void {
    // The application is up before it has joined: readiness shows when it has.
    this.loop.start().catch((err: unknown) => {
      if (!(err instanceof Error && err.name === 'AbortError')) this.parts.logger.fatal({ err }, 'connector failed to join the cluster');
    });
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.loop.drain();
  }
}
