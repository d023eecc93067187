import { Module } from '@nestjs/common';
import { EventFeed } from './event.feed.js';
import { LiveEvents } from './live-events.js';

@Module({
  providers: [EventFeed, { provide: LiveEvents, useExisting: EventFeed }],
  exports: [LiveEvents]
})
export class EventsInModule {}
