import { Module, type DynamicModule } from '@nestjs/common';
import { ObjectStores } from '@wabus/broker';
import { MEDIA_BUCKET } from '@wabus/contracts';
import { MediaDesk } from './session-media.service.js';

/** Provides `MediaDesk`. Needs the broker module. */
@Module({})
export class MediaModule {
  static forRoot({ maxFileBytes }: { maxFileBytes: number }): DynamicModule {
    return {
      module: MediaModule,
      providers: [
        {
          provide: MediaDesk,
          inject: [ObjectStores],
          useFactory: (stores: ObjectStores) => new MediaDesk(stores.store(MEDIA_BUCKET), maxFileBytes)
        }
      ],
      exports: [MediaDesk]
    };
  }
}
