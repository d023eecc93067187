import { Module, type DynamicModule } from '@nestjs/common';
import { ArgumentMedia } from './argument.media.js';
import { MediaErasure } from './media.erasure.js';
import { MediaResponder } from './media.responder.js';
import { MediaSettings } from './media.settings.js';
import { MediaShelf } from './media.shelf.js';
import { MessageMedia } from './message.media.js';
import { TransferLimiter } from './transfer.limiter.js';
import { UploadDesk } from './upload.desk.js';

/** Provides files to the doors and to commands. */
@Module({})
export class MediaModule {
  static forRoot(settings: MediaSettings): DynamicModule {
    return {
      module: MediaModule,
      global: true,
      providers: [
        { provide: MediaSettings, useValue: settings },
        { provide: TransferLimiter, useFactory: () => new TransferLimiter(settings.transfers) },
        MediaShelf,
        MediaErasure,
        ArgumentMedia,
        MediaResponder,
        MessageMedia,
        UploadDesk
      ],
      exports: [MediaShelf, ArgumentMedia, MediaResponder, MessageMedia, UploadDesk]
    };
  }
}
