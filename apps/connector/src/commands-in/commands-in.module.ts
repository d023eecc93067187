import { Module, type DynamicModule } from '@nestjs/common';
import { CommandBus } from '@wabus/broker';
import { Registry } from '@wabus/runtime';
import type { Logger } from 'pino';
import { SessionCommands } from '../session/session-commands.js';
import { CommandResponder } from './command.responder.js';
import { PrometheusCommandMetrics } from './prometheus.command-metrics.js';

export interface CommandsInOptions {
  /** How long a command with an idempotency key is remembered. */
  readonly idempotencyTtlMs: number;
  readonly logger: Logger;
}

/** Provides `SessionCommands`. Needs the broker module. */
@Module({})
export class CommandsInModule {
  static forRoot({ idempotencyTtlMs, logger }: CommandsInOptions): DynamicModule {
    return {
      module: CommandsInModule,
      providers: [
        {
          provide: SessionCommands,
          inject: [CommandBus, Registry],
          useFactory: (bus: CommandBus, registry: Registry) =>
            new CommandResponder({ bus, metrics: new PrometheusCommandMetrics(registry), logger, idempotencyTtlMs })
        }
      ],
      exports: [SessionCommands]
    };
  }
}
