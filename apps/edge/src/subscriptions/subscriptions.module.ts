import { Module, type DynamicModule } from '@nestjs/common';
import { DeadLetterStore } from './dead-letter.store.js';
import { DurableSubscriptions } from './durable-subscriptions.js';
import { SubscriptionAdministration } from './subscription-administration.js';
import { SubscriptionErasure } from './subscription-erasure.js';
import { SubscriptionMetrics } from './subscription.metrics.js';
import { SubscriptionSettings, SubscriptionStore } from './subscription.store.js';

/** Durable subscriptions: a name, terms and a position, stored by the broker. Clients on any edge share the events. Independent of Socket.IO and HTTP. */
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
