import { Module, type DynamicModule } from '@nestjs/common';
import type { ShareLimits } from '../auth/share.limiter.js';
import { ModelErasure } from './projecting/model-eraser.js';
import { ProjectionObserver } from './projecting/projection.observer.js';
import { Projector } from './projecting/projector.js';
import { ReadModels, SearchLimiter } from './reading/read-models.js';
import { KnownPeople } from './reading/known-people.js';
import { KnownMessages } from './reading/known-messages.js';
import { KvReadModelStore, ReadModelLimits, ReadModelStore, type ReadModelSettings } from './store/read-model.store.js';

/** Keeps the read models of all sessions up to date, and provides `ReadModels` to the APIs. */
@Module({})
export class ReadModelsModule {
  static register(settings: ReadModelSettings, searches: ShareLimits): DynamicModule {
    return {
      module: ReadModelsModule,
      global: true,
      providers: [
        { provide: ReadModelLimits, useValue: new ReadModelLimits(settings) },
        { provide: SearchLimiter, useValue: new SearchLimiter(searches) },
        { provide: ReadModelStore, useClass: KvReadModelStore },
        ProjectionObserver,
        Projector,
        ModelErasure,
        ReadModels,
        KnownMessages,
        KnownPeople
      ],
      exports: [ReadModels, SearchLimiter, KnownMessages, KnownPeople]
    };
  }
}
