import { Module } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { CommandsController } from './commands.controller.js';
import { QrController } from './qr.controller.js';
import { SessionsController } from './sessions.controller.js';
import { TokensController } from './tokens.controller.js';
import { WabusErrorFilter } from './wabus-error.filter.js';
import { WelcomeController } from './welcome.controller.js';

@Module({
  controllers: [WelcomeController, SessionsController, QrController, CommandsController, TokensController],
  providers: [{ provide: APP_FILTER, useClass: WabusErrorFilter }]
})
export class HttpModule {}
