import { Module, type DynamicModule } from '@nestjs/common';
import { KeyValueBuckets, TransferBus } from '@wabus/broker';
import type { Logger } from 'pino';
import { SessionTransfers } from '../session/session-transfers.js';
import { DeviceClaims } from './device.claims.js';
import { TransferDesk } from './transfer.desk.js';
import type { TransferSettings } from './open.transfers.js';

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
        {
          provide: SessionTransfers,
          inject: [TransferBus, KeyValueBuckets],
          useFactory: (bus: TransferBus, buckets: KeyValueBuckets) =>
            new TransferDesk({ bus, claims: new DeviceClaims(buckets), settings, logger })
        }
      ],
      exports: [SessionTransfers]
    };
  }
}
