import { Module, type DynamicModule } from '@nestjs/common';
import { CloudApiFormat } from './cloud-api-format.js';
import { CloudApiController, CloudApiSettings } from './cloud-api.controller.js';
import { CloudFiles } from './cloud-files.js';
import { CloudTokenController } from './cloud-token.controller.js';
import { CloudMedia } from './cloud-media.service.js';

/** Serves programs that were written for Meta's WhatsApp Cloud API: their calls, and webhooks in its format. */
@Module({})
export class CloudApiModule {
  /** @param served whether the calls are served and webhooks of this format can be created */
  static register({ served, settings }: { readonly served: boolean; readonly settings: CloudApiSettings }): DynamicModule {
    if (!served) return { module: CloudApiModule };
    return {
      module: CloudApiModule,
      // The order matters: the last controller handles every path below a version.
      controllers: [CloudTokenController, CloudApiController],
      providers: [{ provide: CloudApiSettings, useValue: settings }, CloudFiles, CloudMedia, CloudApiFormat]
    };
  }
}
