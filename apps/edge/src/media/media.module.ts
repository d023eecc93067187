import { Module, type DynamicModule } from '@nestjs/common';
import { ArgumentMedia } from './argument-media.js';
import { EventPartSweeper } from './event-part-sweeper.js';
import { LinkPreviews } from './link-previews.js';
import { MediaResponder } from './media.responder.js';
import { MediaSettings, TransferLimiter } from './media.settings.js';
import { MediaErasure, MediaStore } from './media.store.js';
import { MessageMedia } from './message-media.js';
import { Uploads } from './upload.reader.js';

/** Provides files to the APIs and to commands. */
@Module({})
export class MediaModule {
  static register(settings: MediaSettings): DynamicModule {
    return {
      module: MediaModule,
      global: true,
      providers: [
        { provide: MediaSettings, useValue: settings },
        { provide: TransferLimiter, useValue: new TransferLimiter(settings.transfers) },
        MediaStore,
        MediaErasure,
        EventPartSweeper,
        ArgumentMedia,
        LinkPreviews,
        MediaResponder,
        MessageMedia,
        Uploads
      ],
      exports: [MediaStore, ArgumentMedia, LinkPreviews, MediaResponder, MessageMedia, Uploads]
    };
  }
}
