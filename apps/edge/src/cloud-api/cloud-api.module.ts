import { Module, type DynamicModule } from '@nestjs/common';
import { CloudApiFormat } from './cloud-api-format.js';
import { CloudApiController, CloudApiSettings } from './cloud-api.controller.js';
import { CloudFiles } from './cloud-files.js';
import { CloudTokenController } from './cloud-token.controller.js';
import { CloudMedia } from './cloud-media.service.js';

/** Serves programs that were written for Meta's WhatsApp Cloud API: their calls, and webhooks in its form. */
@Module({})
export class CloudApiModule {
  /** `served`: without it there is nothing at the addresses, and no webhook of the form can be made. */
  static register({ served, settings }: { readonly served: boolean; readonly settings: CloudApiSettings }): DynamicModule {
    if (!served) return { module: CloudApiModule };
    return {
      module: CloudApiModule,
      // In this order: the last one takes every path below a version.
      controllers: [CloudTokenController, CloudApiController],
      providers: [{ provide: CloudApiSettings, useValue: settings }, CloudFiles, CloudMedia, CloudApiFormat]
    };
  }
}
