import { Module, type DynamicModule } from '@nestjs/common';
import { EventPager } from './event.pager.js';
import { EventReader } from './event.reader.js';
import { EventFeed, EventHistory, EventWindow, EventsInSettings, LiveEvents, LogHistory } from './events-in.js';

/** Provides `LiveEvents` and `EventHistory` to every room that serves events. */
@Module({})
export class EventsInModule {
  static forSettings(settings: EventsInSettings): DynamicModule {
    return {
      module: EventsInModule,
      global: true,
      providers: [
        { provide: EventsInSettings, useValue: settings },
        EventWindow,
        EventFeed,
        { provide: LiveEvents, useExisting: EventFeed },
        { provide: EventHistory, useClass: LogHistory },
        EventReader,
        EventPager
      ],
      exports: [LiveEvents, EventHistory, EventReader, EventPager]
    };
  }
}
