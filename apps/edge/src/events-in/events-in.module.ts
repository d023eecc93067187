import { Module, type DynamicModule } from '@nestjs/common';
import { EventFeed } from './event.feed.js';
import { EventHistory } from './event-history.js';
import { EventPager } from './event.pager.js';
import { EventReader } from './event.reader.js';
import { EventWindow } from './event.window.js';
import { EventsInSettings } from './events-in.settings.js';
import { LiveEvents } from './live-events.js';
import { LogHistory } from './log.history.js';

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
