import { Module, type DynamicModule } from '@nestjs/common';
import { CommandBus } from '@wabus/broker';
import { Registry } from '@wabus/runtime';
import type { Logger } from 'pino';
import { MediaDesk } from '../media/media.desk.js';
import { MediaModule } from '../media/media.module.js';
import { SessionCommands } from '../session/session-commands.js';
import { CommandResponder } from './command.responder.js';
import { PrometheusCommandMetrics } from './prometheus.command-metrics.js';

export interface CommandsInOptions {
  /** How long a command with an idempotency key is remembered. */
  readonly idempotencyTtlMs: number;
  /** The largest file that is fetched from WhatsApp. */
  readonly maxFileBytes: number;
  readonly logger: Logger;
}

/** Provides `SessionCommands`. Needs the broker module. */
@Module({})
export class CommandsInModule {
  static forRoot({ idempotencyTtlMs, maxFileBytes, logger }: CommandsInOptions): DynamicModule {
    return {
      module: CommandsInModule,
      imports: [MediaModule.forRoot({ maxFileBytes })],
      providers: [
        {
          provide: SessionCommands,
          inject: [CommandBus, Registry, MediaDesk],
          useFactory: (bus: CommandBus, registry: Registry, media: MediaDesk) =>
            new CommandResponder({ bus, media, metrics: new PrometheusCommandMetrics(registry), logger, idempotencyTtlMs })
        }
      ],
      exports: [SessionCommands]
    };
  }
}
