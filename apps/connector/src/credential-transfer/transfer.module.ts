import { Module, type DynamicModule } from '@nestjs/common';
import { SessionTransfers } from '../session/session-transfers.js';
import { DeviceClaims } from './device-claims.js';
import { DeviceTransferSettings } from './incoming-transfer.js';
import { TransferService } from './transfer.service.js';

/** Provides `SessionTransfers`. */
@Module({})
export class TransferModule {
  static register(settings: DeviceTransferSettings): DynamicModule {
    return {
      module: TransferModule,
      global: true,
      providers: [
        { provide: DeviceTransferSettings, useValue: settings },
        DeviceClaims,
        { provide: SessionTransfers, useClass: TransferService }
      ],
      exports: [SessionTransfers]
    };
  }
}
