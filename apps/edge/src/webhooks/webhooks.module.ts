import { Module, type DynamicModule } from '@nestjs/common';
import { WebhookDeliveries } from './webhook-deliveries.js';
import { WebhookSessions } from './definition/webhook-sessions.js';
import { WebhookStore } from './definition/webhook.store.js';
import { DeliverySender } from './delivery/delivery.sender.js';
import { WebhookDeadLetterStore } from './dispatching/dead-letter.store.js';
import { DispatcherFactory } from './dispatching/dispatcher.factory.js';
import { WebhookMeters } from './dispatching/webhook-meters.js';
import { WebhookSources } from './dispatching/webhook.source.js';
import { WebhookFormats } from './formats/webhook-formats.registry.js';
import { WebhookScheduler } from './ownership/webhook-scheduler.js';
import { WebhookAdministration } from './webhook-administration.js';
import { WebhookLimits, type WebhookSettings } from './webhook-limits.js';
import { WebhookReports } from './webhook-reports.js';

/** Delivers events to webhooks. Provides `WebhookAdministration` to the APIs, and `WebhookScheduler`, which lists the living edges. */
@Module({})
export class WebhooksModule {
  static register(settings: WebhookSettings): DynamicModule {
    const limits = { provide: WebhookLimits, useValue: new WebhookLimits(settings) };
    const providers = [
      limits,
      WebhookStore,
      WebhookSessions,
      WebhookDeadLetterStore,
      WebhookFormats,
      DeliverySender,
      WebhookMeters,
      WebhookReports,
      WebhookSources,
      DispatcherFactory,
      WebhookScheduler,
      WebhookDeliveries,
      WebhookAdministration
    ];
    return { module: WebhooksModule, global: true, providers, exports: [WebhookAdministration, WebhookFormats, WebhookScheduler] };
  }
}
