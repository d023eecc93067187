import { Module, type DynamicModule } from '@nestjs/common';
import { ObjectStores } from '@wabus/broker';
import { MEDIA_BUCKET } from '@wabus/contracts';
import { SessionMediaService } from './session-media.service.js';

/** Provides `SessionMediaService`. Needs the broker module. */
@Module({})
export class MediaModule {
  static forRoot({ maxFileBytes }: { maxFileBytes: number }): DynamicModule {
    return {
      module: MediaModule,
      providers: [
        {
          provide: SessionMediaService,
          inject: [ObjectStores],
          useFactory: (stores: ObjectStores) => new SessionMediaService(stores.store(MEDIA_BUCKET), maxFileBytes)
        }
      ],
      exports: [SessionMediaService]
    };
  }
}
