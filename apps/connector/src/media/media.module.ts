import { Module, type DynamicModule } from '@nestjs/common';
import { SessionMediaService, SessionMediaSettings } from './session-media.service.js';

/** Provides `SessionMediaService`. */
@Module({})
export class SessionMediaModule {
  static register(settings: SessionMediaSettings): DynamicModule {
    return {
      module: SessionMediaModule,
      global: true,
      providers: [{ provide: SessionMediaSettings, useValue: settings }, SessionMediaService],
      exports: [SessionMediaService]
    };
  }
}
