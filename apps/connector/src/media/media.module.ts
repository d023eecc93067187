import { Module, type DynamicModule } from '@nestjs/common';
import { SessionMediaService, SessionMediaSettings } from './session-media.service.js';

/** Provides `SessionMediaService`. */
@Module({})
export class MediaModule {
  static register(settings: SessionMediaSettings): DynamicModule {
    return {
      module: MediaModule,
      global: true,
      providers: [{ provide: SessionMediaSettings, useValue: settings }, SessionMediaService],
      exports: [SessionMediaService]
    };
  }
}
