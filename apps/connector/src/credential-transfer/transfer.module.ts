import { Module, type DynamicModule } from '@nestjs/common';
import { SessionTransfers } from '../session/session-transfers.js';
import { DeviceClaims } from './device-claims.js';
import { DeviceTransferSettings } from './incoming-transfer.js';
import { TransferService } from './transfer.service.js';

/** Provides `SessionTransfers`. */
@Module({})
export class DeviceTransferModule {
  static register(settings: DeviceTransferSettings): DynamicModule {
    return {
      module: DeviceTransferModule,
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
