import type { SubscriptionRecord } from '@wabus/contracts';
import type { Creator } from '../auth/creator.js';

/** The record of a subscription as it lies in the bucket. */
export interface KeptSubscription extends SubscriptionRecord {
  /** More about the owner. Missing in records of older releases. */
  readonly creator?: Creator;
}

/** Whose token a subscription depends on; nobody's when no record tells. */
export function creatorsOf({ creator, owner }: KeptSubscription): Creator[] {
  if (creator !== undefined) return [creator];
  // The id of a JWT does not tell by what it could be denied.
  return owner === undefined || owner.startsWith('jwt-') ? [] : [{ id: owner }];
}

/** The record as clients see it. */
export function shownRecord({ creator: _creator, ...record }: KeptSubscription): SubscriptionRecord {
  return record;
}
