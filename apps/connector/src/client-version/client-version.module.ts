import { Module, type DynamicModule } from '@nestjs/common';
import { HealthRegistry } from '@wabus/runtime';
import { ClientVersionMetrics } from './client-version.metrics.js';
import { ClientVersions, ClientVersionSettings } from './client-versions.js';

/** Provides `ClientVersions`, which starts its look-ups with the process, and a readiness check that never fails. */
@Module({})
export class ClientVersionModule {
  constructor(health: HealthRegistry, versions: ClientVersions) {
    health.add({ name: 'client-version', kind: 'ready', check: () => ({ detail: versions.health() }) });
  }

  static register(settings: ClientVersionSettings): DynamicModule {
    return {
      module: ClientVersionModule,
      global: true,
      providers: [{ provide: ClientVersionSettings, useValue: settings }, ClientVersionMetrics, ClientVersions],
      exports: [ClientVersions]
    };
  }
}
