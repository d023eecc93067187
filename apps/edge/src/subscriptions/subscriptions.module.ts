import { Module, type DynamicModule } from '@nestjs/common';
import { DeadLetterStore } from './dead-letter.store.js';
import { DurableSubscriptions } from './durable-subscriptions.js';
import { SubscriptionAdministration } from './subscription-administration.js';
import { SubscriptionErasure } from './subscription-erasure.js';
import { SubscriptionMetrics } from './subscription.metrics.js';
import { SubscriptionSettings, SubscriptionStore } from './subscription.store.js';

/**
 * Durable subscriptions: a name, what it delivers and how far it is, kept by the broker; clients on any edge share its events. Knows neither Socket.IO nor HTTP.
 */
@Module({})
export class SubscriptionsModule {
  static register(settings: SubscriptionSettings): DynamicModule {
    return {
      module: SubscriptionsModule,
      global: true,
      providers: [
        { provide: SubscriptionSettings, useValue: settings },
        SubscriptionStore,
        DeadLetterStore,
        DurableSubscriptions,
        SubscriptionAdministration,
        SubscriptionErasure,
        SubscriptionMetrics
      ],
      exports: [DurableSubscriptions, SubscriptionAdministration]
    };
  }
}
