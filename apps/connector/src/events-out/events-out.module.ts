import { Module, type DynamicModule } from '@nestjs/common';
import { SessionEvents } from '../session/session-events.js';
import { EventPartStore } from './event-part.store.js';
import { EventPublisher, PublisherParts, PublisherSettings } from './event.publisher.js';
import { InboxMetrics } from './inbox.metrics.js';
import { PublisherMetrics } from './publisher.metrics.js';

/** Provides `SessionEvents`, also as its implementation `EventPublisher`. */
@Module({})
export class EventsOutModule {
  static register(settings: PublisherSettings): DynamicModule {
    return {
      module: EventsOutModule,
      global: true,
      providers: [
        { provide: PublisherSettings, useValue: settings },
        PublisherMetrics,
        InboxMetrics,
        EventPartStore,
        PublisherParts,
        EventPublisher,
        { provide: SessionEvents, useExisting: EventPublisher }
      ],
      exports: [EventPublisher, SessionEvents]
    };
  }
}
