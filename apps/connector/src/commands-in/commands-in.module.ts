import { Module, type DynamicModule } from '@nestjs/common';
import { CommandBus } from '@wabus/broker';
import { Registry } from '@wabus/runtime';
import type { Logger } from 'pino';
import { SessionCommands } from '../session/session-commands.js';
import { CommandResponder } from './command.responder.js';
import { PrometheusCommandMetrics } from './prometheus.command-metrics.js';

/** Provides `SessionCommands`. Needs the broker module. */
@Module({})
export class CommandsInModule {
  static forRoot(logger: Logger): DynamicModule {
    return {
      module: CommandsInModule,
      providers: [
        {
          provide: SessionCommands,
          inject: [CommandBus, Registry],
          useFactory: (bus: CommandBus, registry: Registry) => new CommandResponder(bus, new PrometheusCommandMetrics(registry), logger)
        }
      ],
      exports: [SessionCommands]
    };
  }
}
