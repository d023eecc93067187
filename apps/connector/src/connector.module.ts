import { Module, type DynamicModule } from '@nestjs/common';
import { BrokerHealth, BrokerModule } from '@wabus/broker';
import { HealthRegistry, RuntimeModule, StopSequence, type Logger } from '@wabus/runtime';
import { AuthStateModule } from './auth-state/auth-state.module.js';
import { ClientVersionModule } from './client-version/client-version.module.js';
import { CommandsInModule } from './commands-in/commands-in.module.js';
import type { ConnectorConfig } from './config/connector.config.js';
import {
  connectorBroker,
  engineSettings,
  ownershipOptions,
  sessionSettings,
  transferSettings,
  versionSettings
} from './config/connector.settings.js';
import { DeviceTransferModule } from './credential-transfer/transfer.module.js';
import { EventPublisher } from './events-out/event.publisher.js';
import { EventsOutModule } from './events-out/events-out.module.js';
import { SessionMediaModule } from './media/media.module.js';
import { OwnershipLoop } from './ownership/ownership.loop.js';
import { OwnershipModule } from './ownership/ownership.module.js';
import { SessionStatusModule } from './session-status/session-status.module.js';
import { SessionModule } from './session/session.module.js';
import { SessionRegistry } from './session/session.registry.js';
import { WhatsAppModule } from './whatsapp/whatsapp.module.js';

/** Combines the rooms of a connector. */
@Module({})
export class ConnectorModule {
  constructor(
    health: HealthRegistry,
    stop: StopSequence,
    broker: BrokerHealth,
    publisher: EventPublisher,
    sessions: SessionRegistry,
    ownership: OwnershipLoop
  ) {
    health.add({ name: 'broker', kind: 'ready', check: () => broker.check(), timeoutMs: 3_000 });
    health.add({ name: 'events', kind: 'ready', check: () => failing(publisher.trouble) });
    health.add({ name: 'ownership', kind: 'ready', check: () => failing(ownership.trouble) });
    stop.add({ name: 'commands', phase: 'refuse', stop: () => sessions.refuseCommands() });
    stop.add({ name: 'sessions', phase: 'hand-over', stop: () => ownership.drain() });
    stop.add({ name: 'events', phase: 'close', stop: () => publisher.flush() });
  }

  static register(config: ConnectorConfig, logger: Logger): DynamicModule {
    return {
      module: ConnectorModule,
      imports: [
        RuntimeModule.register({ service: 'connector', logger }),
        BrokerModule.register(connectorBroker(config)),
        AuthStateModule.register(config.authKeyFile),
        SessionStatusModule,
        ClientVersionModule.register(versionSettings(config)),
        WhatsAppModule.register(engineSettings(config), logger.child({ component: 'whatsapp' })),
        EventsOutModule.register({ maxPendingBytes: config.eventBufferBytes, inboxJournal: config.inboxJournal }),
        SessionMediaModule.register(
          { maxFileBytes: config.mediaMaxFileBytes, ffmpeg: config.ffmpeg },
          logger.child({ component: 'media' })
        ),
        CommandsInModule.register({ idempotencyTtlMs: config.idempotencyTtlMs }),
        DeviceTransferModule.register(transferSettings(config)),
        SessionModule.register(sessionSettings(config)),
        OwnershipModule.register(ownershipOptions(config))
      ]
    };
  }
}

function failing(trouble: string | null): { failing: string } | undefined {
  return trouble === null ? undefined : { failing: trouble };
}
