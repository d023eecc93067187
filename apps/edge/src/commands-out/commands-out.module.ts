import { Module, type DynamicModule } from '@nestjs/common';
import { CommandClient } from './command.client.js';
import { CommandLimiter, CommandLimits } from './command.limiter.js';
import { ArgumentCompletion } from './argument-completion.js';
import { LostOwnerAnnouncer } from './lost-owner-announcer.js';
import { PasskeyLinkService } from './passkey-link.service.js';
import { SessionMetrics } from './session.metrics.js';
import { SessionProxies } from './session-proxies.js';
import { SessionRegistryStore } from './session.registry.store.js';

/**
 * Provides `CommandClient` and the registry of sessions to every room with an API. All rooms share one instance, so that limits apply to all APIs together.
 */
@Module({})
export class CommandsOutModule {
  static register(limits: CommandLimits): DynamicModule {
    return {
      module: CommandsOutModule,
      global: true,
      providers: [
        CommandClient,
        PasskeyLinkService,
        SessionRegistryStore,
        SessionProxies,
        LostOwnerAnnouncer,
        { provide: CommandLimits, useValue: limits },
        CommandLimiter,
        ArgumentCompletion,
        SessionMetrics
      ],
      exports: [CommandClient, CommandLimiter, PasskeyLinkService, SessionRegistryStore, SessionProxies]
    };
  }
}
