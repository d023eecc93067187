import { Module, type DynamicModule } from '@nestjs/common';
import { ConnectionMetrics } from './connection.metrics.js';
import { SessionRunner } from '../ownership/session-lease.js';
import { SessionOptions } from './session-parts.js';
import { RegistryParts, SessionRegistry } from './session.registry.js';

/**
 * Provides `SessionRunner`, also as `SessionRegistry`.
 * Requires the modules of auth state, session status, WhatsApp, client version, events, commands and transfers.
 */
@Module({})
export class SessionModule {
  static register(settings: SessionOptions): DynamicModule {
    return {
      module: SessionModule,
      global: true,
      providers: [
        { provide: SessionOptions, useValue: settings },
        ConnectionMetrics,
        RegistryParts,
        SessionRegistry,
        { provide: SessionRunner, useExisting: SessionRegistry }
      ],
      exports: [SessionRegistry, SessionRunner]
    };
  }
}
