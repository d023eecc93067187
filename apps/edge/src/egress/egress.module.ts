import { Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import { Egress, NameResolver, SystemNameResolver } from './egress.js';
import { GuardedEgress } from './guarded.egress.js';

/** Provides `Egress`, the only way out. */
@Module({})
export class EgressModule implements OnApplicationShutdown {
  constructor(private readonly egress: Egress) {}

  static register(allow: readonly string[]): DynamicModule {
    const resolver = { provide: NameResolver, useClass: SystemNameResolver };
    const egress = {
      provide: Egress,
      inject: [NameResolver],
      useFactory: (names: NameResolver) => new GuardedEgress({ allow, resolver: names })
    };
    return { module: EgressModule, global: true, providers: [resolver, egress], exports: [Egress] };
  }

  async onApplicationShutdown(): Promise<void> {
    if (this.egress instanceof GuardedEgress) await this.egress.close();
  }
}
