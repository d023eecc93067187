import { Module, type DynamicModule } from '@nestjs/common';
import { ObjectStores } from '@wabus/broker';
import { MEDIA_BUCKET } from '@wabus/contracts';
import { SessionMediaService } from './session-media.service.js';

/** Provides `SessionMediaService`. */
@Module({})
export class MediaModule {
  /** @param maxFileBytes the largest file that is fetched from WhatsApp */
  static register(maxFileBytes: number): DynamicModule {
    const media = {
      provide: SessionMediaService,
      inject: [ObjectStores],
      useFactory: (stores: ObjectStores) => new SessionMediaService(stores.store(MEDIA_BUCKET), maxFileBytes)
    };
    return { module: MediaModule, global: true, providers: [media], exports: [SessionMediaService] };
  }
}
