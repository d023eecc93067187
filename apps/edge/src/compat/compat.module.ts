import { Module, type DynamicModule } from '@nestjs/common';
import { CompatSettings } from './compat.settings.js';
import { PeerCaller } from './peer-caller.js';
import { PeerFormats } from './peer-formats.js';
import { PeerReader } from './peer.reader.js';
import { PeerTokens } from './peer-tokens.js';
import { PeerWebhooks } from './peer-webhooks.js';
import { PeerRouter } from './peer.router.js';

/** Serves programs that were written for other gateways, if the operator has enabled this. */
@Module({})
export class CompatModule {
  static register(settings: CompatSettings): DynamicModule {
    return {
      module: CompatModule,
      providers: [
        { provide: CompatSettings, useValue: settings },
        PeerCaller,
        PeerFormats,
        PeerReader,
        PeerRouter,
        PeerTokens,
        PeerWebhooks
      ],
      exports: [PeerRouter]
    };
  }
}
