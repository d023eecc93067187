declare const brand: unique symbol;

/** The name of a durable subscription. One to 64 characters of `A-Z a-z 0-9 _ -`, so it is a key, a path segment and part of a consumer's name as it is. */
export type SubscriptionName = string & { readonly [brand]: 'SubscriptionName' };

export const SUBSCRIPTION_NAME_PATTERN = /^[A-Za-z0-9_-]{1,64}$/;

export function isSubscriptionName(value: unknown): value is SubscriptionName {
  return typeof value === 'string' && SUBSCRIPTION_NAME_PATTERN.test(value);
}
