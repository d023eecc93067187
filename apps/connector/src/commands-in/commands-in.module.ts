import { Module, type DynamicModule } from '@nestjs/common';
import { SessionCommands } from '../session/session-commands.js';
import { CommandMetrics } from './command.metrics.js';
import { CommandResponder, CommandsInSettings } from './command.responder.js';

/** Provides `SessionCommands`. */
@Module({})
export class CommandsInModule {
  static register(settings: CommandsInSettings): DynamicModule {
    return {
      module: CommandsInModule,
      global: true,
      providers: [
        { provide: CommandsInSettings, useValue: settings },
        CommandMetrics,
        { provide: SessionCommands, useClass: CommandResponder }
      ],
      exports: [SessionCommands]
    };
  }
}
