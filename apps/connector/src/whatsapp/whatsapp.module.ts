import { Module, type DynamicModule } from '@nestjs/common';
import type { Logger } from 'pino';
import { BaileysEngine, type EngineSettings } from './baileys.engine.js';
import { WhatsAppEngine } from './whatsapp-engine.js';

/** Provides `WhatsAppEngine`. */
@Module({})
export class WhatsAppModule {
  static forRoot(settings: EngineSettings, logger: Logger): DynamicModule {
    return {
      module: WhatsAppModule,
      providers: [{ provide: WhatsAppEngine, useFactory: () => new BaileysEngine(settings, logger) }],
      exports: [WhatsAppEngine]
    };
  }
}
