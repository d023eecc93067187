import { Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { CommandsController } from './commands.controller.js';
import { QrController } from './qr.controller.js';
import { SessionsController } from './sessions.controller.js';
import { TokensController } from './tokens.controller.js';
import { WabusErrorFilter } from './wabus-error.filter.js';
import { WebhooksController } from './webhooks.controller.js';
import { WelcomeController } from './welcome.controller.js';

@Module({
  controllers: [WelcomeController, SessionsController, QrController, CommandsController, TokensController, WebhooksController],
  providers: [{ provide: APP_FILTER, useClass: WabusErrorFilter }]
})
export class HttpModule {
  /** `webhooks` is the room behind its routes. */
  static forRoot(webhooks: DynamicModule): DynamicModule {
    return { module: HttpModule, imports: [webhooks] };
  }
}
