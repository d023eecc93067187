import { Module } from '@nestjs/common';
import { DeadLetterStore } from './dead-letter.store.js';
import { DurableSubscriptions } from './durable-subscriptions.js';
import { SubscriptionDesk } from './subscription.desk.js';
import { SubscriptionStore } from './subscription.store.js';

/**
 * Durable subscriptions: a name, what it delivers and how far it is, kept by the broker; clients on any edge share its events. Knows neither Socket.IO nor HTTP.
 */
@Module({
  providers: [SubscriptionStore, DeadLetterStore, DurableSubscriptions, SubscriptionDesk],
  exports: [DurableSubscriptions, SubscriptionDesk]
})
export class SubscriptionsModule {}
