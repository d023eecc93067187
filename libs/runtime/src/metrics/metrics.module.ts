import { type DynamicModule, Module } from '@nestjs/common';
import { Registry } from 'prom-client';
import { MetricsController } from './metrics.controller.js';
import { MetricsRegistry } from './metrics.registry.js';

/** Provides `GET /metrics` and its registry, which is injectable as `MetricsRegistry` or as prom-client's `Registry`. */
@Module({})
export class MetricsModule {
  /** @param service a label of every metric */
  static register(service: string): DynamicModule {
    const registry = { provide: MetricsRegistry, useValue: new MetricsRegistry(service) };
    return {
      module: MetricsModule,
      global: true,
      controllers: [MetricsController],
      providers: [registry, { provide: Registry, useExisting: MetricsRegistry }],
      exports: [MetricsRegistry, Registry]
    };
  }
}
