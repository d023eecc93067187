import { Module, type DynamicModule } from '@nestjs/common';
import { ArgumentMedia } from './argument.media.js';
import { MediaResponder } from './media.responder.js';
import { MediaSettings } from './media.settings.js';
import { MediaShelf } from './media.shelf.js';
import { MessageMedia } from './message.media.js';
import { TransferLimiter } from './transfer.limiter.js';

/** Provides files to the doors and to commands. */
@Module({})
export class MediaModule {
  static forRoot(settings: MediaSettings): DynamicModule {
    return {
      module: MediaModule,
      global: true,
      providers: [
        { provide: MediaSettings, useValue: settings },
        { provide: TransferLimiter, useFactory: () => new TransferLimiter(settings.maxTransfers) },
        MediaShelf,
        ArgumentMedia,
        MediaResponder,
        MessageMedia
      ],
      exports: [MediaShelf, ArgumentMedia, MediaResponder, MessageMedia, TransferLimiter]
    };
  }
}
