import { Module, type DynamicModule } from '@nestjs/common';
import { MediaModule } from '../media/media.module.js';
import { SessionCommands } from '../session/session-commands.js';
import { CommandMetrics } from './command.metrics.js';
import { CommandResponder, CommandsInSettings } from './command.responder.js';

export interface CommandsInOptions extends CommandsInSettings {
  /** The largest file that is fetched from WhatsApp. */
  readonly maxFileBytes: number;
}

/** Provides `SessionCommands`. Needs the broker module. */
@Module({})
export class CommandsInModule {
  static register({ maxFileBytes, ...settings }: CommandsInOptions): DynamicModule {
    return {
      module: CommandsInModule,
      imports: [MediaModule.forRoot({ maxFileBytes })],
      providers: [
        { provide: CommandsInSettings, useValue: settings },
        CommandMetrics,
        { provide: SessionCommands, useClass: CommandResponder }
      ],
      exports: [SessionCommands]
    };
  }
}
