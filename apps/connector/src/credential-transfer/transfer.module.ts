import { Module, type DynamicModule } from '@nestjs/common';
import { SessionTransfers } from '../session/session-transfers.js';
import { DeviceClaims } from './device.claims.js';
import { TransferSettings } from './open.transfers.js';
import { TransferDesk } from './transfer.service.js';

/** Provides `SessionTransfers`. Needs the broker module. */
@Module({})
export class TransferModule {
  static register(settings: TransferSettings): DynamicModule {
    return {
      module: TransferModule,
      providers: [{ provide: TransferSettings, useValue: settings }, DeviceClaims, { provide: SessionTransfers, useClass: TransferDesk }],
      exports: [SessionTransfers]
    };
  }
}
