import { Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import { Egress, NameResolver, SystemNameResolver } from './egress.js';
import { EgressSettings, GuardedEgress } from './guarded-egress.js';

/** Provides `Egress`, the only component that connects to user-provided addresses. */
@Module({})
export class EgressModule implements OnApplicationShutdown {
  constructor(private readonly egress: Egress) {}

  static register(allow: readonly string[]): DynamicModule {
    return {
      module: EgressModule,
      global: true,
      providers: [
        { provide: EgressSettings, useValue: { allow } satisfies EgressSettings },
        { provide: NameResolver, useClass: SystemNameResolver },
        { provide: Egress, useClass: GuardedEgress }
      ],
      exports: [Egress]
    };
  }

  async onApplicationShutdown(): Promise<void> {
    if (this.egress instanceof GuardedEgress) await this.egress.close();
  }
}
