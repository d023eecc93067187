import { Module, type DynamicModule } from '@nestjs/common';
import { EventPager } from './event-pager.js';
import { EventReader } from './event.reader.js';
import { LogMetrics } from './log.metrics.js';
import { EventsIn, EventsInSettings } from './events-in.js';

/** Provides `EventsIn` and its readers to every room that serves events. */
@Module({})
export class EventsInModule {
  static register(settings: EventsInSettings): DynamicModule {
    return {
      module: EventsInModule,
      global: true,
      providers: [{ provide: EventsInSettings, useValue: settings }, EventsIn, EventReader, EventPager, LogMetrics],
      exports: [EventsIn, EventReader, EventPager]
    };
  }
}
