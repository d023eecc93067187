import { Module, type DynamicModule } from '@nestjs/common';
import type { Logger } from 'pino';
import { BaileysEngine } from './baileys.engine.js';
import type { EngineSettings } from './engine-settings.js';
import { WhatsAppEngine } from './whatsapp-engine.js';

/** Provides `WhatsAppEngine`. */
@Module({})
export class WhatsAppModule {
  static register(settings: EngineSettings, logger: Logger): DynamicModule {
    const engine = { provide: WhatsAppEngine, useValue: new BaileysEngine(settings, logger) };
    return { module: WhatsAppModule, global: true, providers: [engine], exports: [WhatsAppEngine] };
  }
}
