import { Module, type DynamicModule } from '@nestjs/common';
import { DeviceExport } from './device-export.js';
import { DeviceImport } from './device-import.js';
import { TransferClient, TransferSettings } from './transfer.client.js';

/** Provides the import and export of credentials. Requires the broker module and commands-out. */
@Module({})
export class TransferModule {
  static register(settings: TransferSettings): DynamicModule {
    return {
      module: TransferModule,
      global: true,
      providers: [{ provide: TransferSettings, useValue: settings }, TransferClient, DeviceImport, DeviceExport],
      exports: [DeviceImport, DeviceExport, TransferSettings]
    };
  }
}
