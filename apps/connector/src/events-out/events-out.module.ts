import { Module, type DynamicModule } from '@nestjs/common';
import { EventLog } from '@wabus/broker';
import { Registry } from '@wabus/runtime';
import type { Logger } from 'pino';
import { SessionEvents } from '../session/session-events.js';
import { EventPublisher, type PublisherSettings } from './event.publisher.js';
import { InboxMetrics } from './inbox.metrics.js';
import { PublisherMetrics } from './publisher.metrics.js';

export interface EventsOutOptions {
  readonly settings: PublisherSettings;
  /** Whether decrypted messages are kept until they are published. */
  readonly inboxJournal: boolean;
  readonly logger: Logger;
}

/** Provides `SessionEvents`, also under the name of its driver `EventPublisher`. Needs the broker module. */
@Module({})
export class EventsOutModule {
  static forRoot({ settings, inboxJournal, logger }: EventsOutOptions): DynamicModule {
    return {
      module: EventsOutModule,
      providers: [
        {
          provide: EventPublisher,
          inject: [EventLog, Registry],
          useFactory: (log: EventLog, registry: Registry) =>
            new EventPublisher({
              log,
              settings,
              metrics: new PublisherMetrics(registry),
              inboxMetrics: inboxJournal ? new InboxMetrics(registry) : null,
              logger
            })
        },
        { provide: SessionEvents, useExisting: EventPublisher }
      ],
      exports: [EventPublisher, SessionEvents]
    };
  }
}
