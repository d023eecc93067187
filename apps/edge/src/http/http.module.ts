import { Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_GUARD } from '@nestjs/core';
import { ConnectionApi, ConnectionSettings } from '../connection-api/connection-api.js';
import { SessionConfigurator } from '../connection-api/session-configurator.js';
import { HttpSettings } from './back-pressure.writer.js';
import { CommandsController } from './commands.controller.js';
import { ConnectionDocumentController } from './connection/connection-document.controller.js';
import { ConnectionController } from './connection/connection.controller.js';
import { AsyncApiController, OpenApiController } from './documents.controller.js';
import { EventStreamResponder } from './event-stream.responder.js';
import { EventsController } from './events.controller.js';
import { HealthHistoryController } from './health-history.controller.js';
import { HistoryResponder } from './history.responder.js';
import { ConnectorsController, PrincipalController, WelcomeController } from './installation.controller.js';
import { JsonBodyGuard } from './json-body.guard.js';
import { LoginController, LoginsController } from './login.controller.js';
import { MediaController } from './media.controller.js';
import { ModelsController } from './models.controller.js';
import { PasskeyLinkController } from './passkey/passkey-link.controller.js';
import { RequestMetrics } from './request.metrics.js';
import { ResourcesController } from './resources.controller.js';
import { QrController, SessionsController } from './sessions.controller.js';
import { StoreController } from './store.controller.js';
import { StreamRegistry } from './stream.registry.js';
import { SubscriptionsController } from './subscriptions.controller.js';
import { TokensController } from './tokens.controller.js';
import { TransferController } from './transfer.controller.js';
import { WabusErrorFilter } from './wabus-error.filter.js';
import { WebhooksController } from './webhooks.controller.js';

/** The parts of the HTTP API. */
export interface HttpParts {
  readonly settings: HttpSettings;
  readonly connection: ConnectionSettings;
}

@Module({})
export class HttpModule {
  static register({ settings, connection }: HttpParts): DynamicModule {
    return {
      module: HttpModule,
      controllers: [
        WelcomeController,
        SessionsController,
        TransferController,
        QrController,
        PasskeyLinkController,
        MediaController,
        CommandsController,
        EventsController,
        SubscriptionsController,
        TokensController,
        LoginController,
        LoginsController,
        PrincipalController,
        ConnectorsController,
        HealthHistoryController,
        WebhooksController,
        ModelsController,
        StoreController,
        AsyncApiController,
        ConnectionController,
        ConnectionDocumentController,
        OpenApiController,
        ResourcesController
      ],
      providers: [
        { provide: HttpSettings, useValue: settings },
        { provide: ConnectionSettings, useValue: connection },
        ConnectionApi,
        SessionConfigurator,
        { provide: APP_FILTER, useClass: WabusErrorFilter },
        { provide: APP_GUARD, useClass: JsonBodyGuard },
        RequestMetrics,
        StreamRegistry,
        HistoryResponder,
        EventStreamResponder
      ]
    };
  }
}
