import { Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { CommandsOutModule } from '../commands-out/commands-out.module.js';
import { SubscriptionsModule } from '../subscriptions/subscriptions.module.js';
import { AsyncApiController } from './async-api.controller.js';
import { CommandsController } from './commands.controller.js';
import { EventStreamResponder } from './event-stream.responder.js';
import { EventsController } from './events.controller.js';
import { HistoryResponder } from './history.responder.js';
import { HttpSettings } from './http.settings.js';
import { QrController } from './qr.controller.js';
import { SessionsController } from './sessions.controller.js';
import { StreamRegistry } from './stream.registry.js';
import { SubscriptionsController } from './subscriptions.controller.js';
import { WabusErrorFilter } from './wabus-error.filter.js';
import { WelcomeController } from './welcome.controller.js';

@Module({})
export class HttpModule {
  static forSettings(settings: HttpSettings): DynamicModule {
    return {
      module: HttpModule,
      imports: [CommandsOutModule, SubscriptionsModule],
      controllers: [
        WelcomeController,
        SessionsController,
        QrController,
        CommandsController,
        EventsController,
        SubscriptionsController,
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
