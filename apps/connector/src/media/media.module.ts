import { Module, type DynamicModule } from '@nestjs/common';
import type { Logger } from 'pino';
import { findFfmpeg, type FoundFfmpeg, type NoFfmpeg } from './bounded-ffmpeg.js';
import { FileConverter } from './file-converter.js';
import { SessionMediaService, SessionMediaSettings } from './session-media.service.js';

/** Provides `SessionMediaService`. */
@Module({})
export class SessionMediaModule {
  static register(settings: SessionMediaSettings, logger: Logger): DynamicModule {
    return {
      module: SessionMediaModule,
      global: true,
      providers: [
        { provide: SessionMediaSettings, useValue: settings },
        // The search starts with the process, which does not wait for it.
        { provide: FileConverter, useValue: new FileConverter(foundFfmpeg(settings.ffmpeg, logger)) },
        SessionMediaService
      ],
      exports: [SessionMediaService]
    };
  }
}

async function foundFfmpeg(setting: string, logger: Logger): Promise<FoundFfmpeg | NoFfmpeg> {
  const found = await findFfmpeg(setting);
  if ('missing' in found) logger.info({ reason: found.missing }, 'ffmpeg is unavailable: files cannot be converted');
  else logger.info({ path: found.path, version: found.version, kinds: [...found.kinds] }, 'using ffmpeg to convert files');
  return found;
}
