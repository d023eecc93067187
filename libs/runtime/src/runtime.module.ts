import { type DynamicModule, Module } from '@nestjs/common';
import type { Logger } from 'pino';
import { HealthModule } from './health/health.module.js';
import { HealthRegistry } from './health/health.registry.js';
import { LoggingModule } from './logging/logging.module.js';
import { MetricsModule } from './metrics/metrics.module.js';
import { ServiceName, VersionController } from './process/version.controller.js';
import { StopModule } from './stop/stop.module.js';
import { StopSequence } from './stop/stop-sequence.js';
import { tracing } from './tracing/tracing.js';

/**
 * The features of every process: logs, `/health/live`, `/health/ready`, `/metrics`, `/version` and an orderly stop.
 * Import it once, in the application's module; `Log`, `PinoLogger`, `HealthRegistry`, `MetricsRegistry` and `StopSequence` are then injectable everywhere.
 */
@Module({})
export class RuntimeModule {
  constructor(health: HealthRegistry, stop: StopSequence) {
    health.add({ name: 'process', kind: 'ready', check: () => (stop.stopping ? { failing: 'stopping' } : undefined) });
    stop.add({ name: 'traces', phase: 'close', stop: () => tracing.flush() });
  }

  static register({ service, logger }: { service: string; logger: Logger }): DynamicModule {
    return {
      module: RuntimeModule,
      imports: [LoggingModule.register(logger), HealthModule, MetricsModule.register(service), StopModule],
      controllers: [VersionController],
      providers: [{ provide: ServiceName, useValue: new ServiceName(service) }]
    };
  }
}
