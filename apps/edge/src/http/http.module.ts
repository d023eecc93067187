import { Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { SubscriptionsModule } from '../subscriptions/subscriptions.module.js';
import { AsyncApiController } from './async-api.controller.js';
import { CommandsController } from './commands.controller.js';
import { EventStreamResponder } from './event-stream.responder.js';
import { EventsController } from './events.controller.js';
import { HistoryResponder } from './history.responder.js';
import { HttpSettings } from './http.settings.js';
import { QrController } from './qr.controller.js';
import { SessionsController } from './sessions.controller.js';
import { StoreController } from './store.controller.js';
import { StreamRegistry } from './stream.registry.js';
import { SubscriptionsController } from './subscriptions.controller.js';
import { TokensController } from './tokens.controller.js';
import { WabusErrorFilter } from './wabus-error.filter.js';
import { WebhooksController } from './webhooks.controller.js';
import { WelcomeController } from './welcome.controller.js';

@Module({})
export class HttpModule {
  /** `webhooks` is the room behind its routes. */
  static forRoot({ settings, webhooks }: { settings: HttpSettings; webhooks: DynamicModule }): DynamicModule {
    return {
      module: HttpModule,
      imports: [SubscriptionsModule, webhooks],
      controllers: [
        WelcomeController,
        SessionsController,
        QrController,
        CommandsController,
        EventsController,
        SubscriptionsController,
        TokensController,
        WebhooksController,
        StoreController,
        AsyncApiController
      ],
      providers: [
        { provide: HttpSettings, useValue: settings },
        { provide: APP_FILTER, useClass: WabusErrorFilter },
        StreamRegistry,
        HistoryResponder,
        EventStreamResponder
      ]
    };
  }
}
