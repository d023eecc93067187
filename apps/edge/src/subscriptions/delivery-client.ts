import type { Principal } from '../auth/principal.js';

/** What became of handing an event to a client. */
export type DeliveryOutcome =
  | { readonly kind: 'answered'; readonly answer: unknown }
  /** No answer in time. */
  | { readonly kind: 'expired' }
  /** The client is not there any more. */
  | { readonly kind: 'gone' };

/** The subscription exists no more, or it delivers something now that the client's token forbids. */
export type DismissalReason = 'removed' | 'forbidden';

/** A connected client that takes part in durable subscriptions, whatever connects it. */
export interface DeliveryClient {
  /** Names it in logs. */
  readonly id: string;
  readonly principal: Principal;
  /** Hands over the JSON text of an `EventDelivery` and waits for its answer. Never rejects; settles at once when the client goes. */
  deliver(text: string, ackWaitMs: number): Promise<DeliveryOutcome>;
  /** Tells the client that it no longer takes part in a subscription it joined. */
  dismiss(subscription: string, why: DismissalReason): void;
}
