import { Module, type DynamicModule } from '@nestjs/common';
import { EventLog } from '@wabus/broker';
import { Registry } from '@wabus/runtime';
import type { Logger } from 'pino';
import { SessionEvents } from '../session/session-events.js';
import { EventPublisher, type PublisherSettings } from './event.publisher.js';
import { PrometheusPublisherMetrics } from './prometheus.publisher-metrics.js';

/** Provides `SessionEvents`, also under the name of its driver `EventPublisher`. Needs the broker module. */
@Module({})
export class EventsOutModule {
  static forRoot(settings: PublisherSettings, logger: Logger): DynamicModule {
    return {
      module: EventsOutModule,
      providers: [
        {
          provide: EventPublisher,
          inject: [EventLog, Registry],
          useFactory: (log: EventLog, registry: Registry) =>
            new EventPublisher(log, settings, new PrometheusPublisherMetrics(registry), logger)
        },
        { provide: SessionEvents, useExisting: EventPublisher }
      ],
      exports: [EventPublisher, SessionEvents]
    };
  }
}
