import { Module } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { CommandsOutModule } from '../commands-out/commands-out.module.js';
import { SubscriptionsModule } from '../subscriptions/subscriptions.module.js';
import { AsyncApiController } from './async-api.controller.js';
import { CommandsController } from './commands.controller.js';
import { QrController } from './qr.controller.js';
import { SessionsController } from './sessions.controller.js';
import { SubscriptionsController } from './subscriptions.controller.js';
import { WabusErrorFilter } from './wabus-error.filter.js';
import { WelcomeController } from './welcome.controller.js';

@Module({
  imports: [CommandsOutModule, SubscriptionsModule],
  controllers: [WelcomeController, SessionsController, QrController, CommandsController, AsyncApiController, SubscriptionsController],
  providers: [{ provide: APP_FILTER, useClass: WabusErrorFilter }]
})
export class HttpModule {}
