import { Module, type DynamicModule } from '@nestjs/common';
import { BrokerHealth, BrokerModule } from '@wabus/broker';
import { HealthRegistry, RuntimeModule, type Logger } from '@wabus/runtime';
import { AuthModule } from './auth/auth.module.js';
import { CloudApiModule } from './cloud-api/cloud-api.module.js';
import { CompatModule } from './compat/compat.module.js';
import { CommandsOutModule } from './commands-out/commands-out.module.js';
import type { EdgeConfig } from './config/edge.config.js';
import {
  authSettings,
  cloudApiSettings,
  commandLimits,
  compatSettings,
  connectionSettings,
  edgeBroker,
  eventsInSettings,
  gatewaySettings,
  httpSettings,
  mcpLimits,
  readModelSettings,
  mediaSettings,
  searchLimits,
  subscriptionSettings,
  webhookSettings
} from './config/edge.settings.js';
import { TransferModule } from './credential-transfer/transfer.module.js';
import { EgressModule } from './egress/egress.module.js';
import { EventsInModule } from './events-in/events-in.module.js';
import { ErasureModule } from './erasure/erasure.module.js';
import { GatewayModule } from './gateway/gateway.module.js';
import { HealthHistoryModule } from './health-history/health-history.module.js';
import { HttpModule } from './http/http.module.js';
import { McpModule } from './mcp/mcp.module.js';
import { MediaModule } from './media/media.module.js';
import { ReadModelsModule } from './read-models/read-models.module.js';
import { SubscriptionsModule } from './subscriptions/subscriptions.module.js';
import { WebhooksModule } from './webhooks/webhooks.module.js';

/** The rooms of an edge, which delivers events from NATS to clients, and commands from clients to connectors. */
@Module({})
export class EdgeModule {
  constructor(health: HealthRegistry, broker: BrokerHealth) {
    health.add({ name: 'broker', kind: 'ready', check: () => broker.check(), timeoutMs: 3_000 });
  }

  static register(config: EdgeConfig, logger: Logger): DynamicModule {
    return {
      module: EdgeModule,
      imports: [
        RuntimeModule.register({ service: 'edge', logger }),
        BrokerModule.register(edgeBroker(config)),
        AuthModule.register(authSettings(config)),
        ErasureModule,
        CommandsOutModule.register(commandLimits(config)),
        TransferModule.register({ maxBytes: config.importMaxBytes }),
        EgressModule.register(config.egressAllow),
        MediaModule.register(mediaSettings(config)),
        EventsInModule.register(eventsInSettings(config)),
        SubscriptionsModule.register(subscriptionSettings(config)),
        GatewayModule.register(gatewaySettings(config)),
        ReadModelsModule.register(readModelSettings(config), searchLimits(config)),
        WebhooksModule.register(webhookSettings(config)),
        HealthHistoryModule,
        HttpModule.register({ settings: httpSettings(config), connection: connectionSettings(config) }),
        McpModule.register({ served: config.mcp, limits: mcpLimits(config) }),
        CloudApiModule.register({ served: config.cloudApi, settings: cloudApiSettings(config) }),
        CompatModule.register(compatSettings(config))
      ]
    };
  }
}
