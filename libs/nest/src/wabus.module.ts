import { ConfigurableModuleBuilder, Global, Module } from '@nestjs/common';
import { WabusCommands } from './commands/wabus.commands.js';
import { WABUS_OPTIONS } from './connection/connection.options.js';
import { WabusConnection } from './connection/wabus-connection.js';
import { WabusEventServer, type WabusOptions } from './events/event.server.js';

const { ConfigurableModuleClass } = new ConfigurableModuleBuilder<WabusOptions>({ optionsInjectionToken: WABUS_OPTIONS })
  .setClassMethodName('forRoot')
  .build();

/**
 * Provides {@link WabusCommands} and {@link WabusEventServer} over one shared connection, everywhere in the application:
 * `WabusModule.forRoot({ servers, user, password })` or `forRootAsync({ useFactory, inject })`.
 */
@Global()
@Module({ providers: [WabusConnection, WabusEventServer, WabusCommands], exports: [WabusConnection, WabusEventServer, WabusCommands] })
export class WabusModule extends ConfigurableModuleClass {}
