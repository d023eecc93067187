import { Module, type DynamicModule } from '@nestjs/common';
import { TransferBus } from '@wabus/broker';
import type { Logger } from 'pino';
import { SessionTransfers } from '../session/session-transfers.js';
import { TransferDesk } from './transfer.desk.js';
import type { TransferSettings } from './transfer.settings.js';

export interface TransferModuleOptions {
  readonly settings: TransferSettings;
  readonly logger: Logger;
}

/** Provides `SessionTransfers`. Needs the broker module. */
@Module({})
export class TransferModule {
  static forRoot({ settings, logger }: TransferModuleOptions): DynamicModule {
    return {
      module: TransferModule,
      providers: [
        { provide: SessionTransfers, inject: [TransferBus], useFactory: (bus: TransferBus) => new TransferDesk({ bus, settings, logger }) }
      ],
      exports: [SessionTransfers]
    };
  }
}
