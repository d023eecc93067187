import { Module, type DynamicModule, type ModuleMetadata } from '@nestjs/common';
import type { Logger } from 'pino';
import { AuthStateStore } from '../auth-state/auth-state.store.js';
import { SessionRunner } from '../ownership/session-lease.js';
import { WhatsAppEngine } from '../whatsapp/whatsapp-engine.js';
import { SessionCommands } from './session-commands.js';
import { SessionEvents } from './session-events.js';
import { SessionStatusStore } from '../session-status/session-status.store.js';
import { SessionTransfers } from './session-transfers.js';
import { SessionRegistry } from './session.registry.js';
import type { SessionOptions } from './session-parts.js';

export interface SessionModuleOptions extends Required<Pick<ModuleMetadata, 'imports'>> {
  readonly settings: SessionOptions;
  readonly logger: Logger;
}

/** Provides `SessionRunner`, also as `SessionRegistry`. `imports` bring `AuthStateStore`, `SessionStatusStore`, `WhatsAppEngine`, `SessionEvents`, `SessionCommands` and `SessionTransfers`. */
@Module({})
export class SessionModule {
  static forRoot({ imports, settings, logger }: SessionModuleOptions): DynamicModule {
    return {
      module: SessionModule,
      imports,
      providers: [
        {
          provide: SessionRegistry,
          inject: [AuthStateStore, SessionStatusStore, WhatsAppEngine, SessionEvents, SessionCommands, SessionTransfers],
          useFactory: (
            authStates: AuthStateStore,
            statuses: SessionStatusStore,
            engine: WhatsAppEngine,
            events: SessionEvents,
            ...[commands, transfers]: [SessionCommands, SessionTransfers]
          ) => new SessionRegistry({ authStates, statuses, engine, events, commands, transfers, settings, logger })
        },
        { provide: SessionRunner, useExisting: SessionRegistry }
      ],
      exports: [SessionRegistry, SessionRunner]
    };
  }
}
