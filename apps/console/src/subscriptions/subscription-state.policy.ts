import type { SubscriptionView } from '@wabus/contracts';

export type DurableState = 'dead' | 'waiting' | 'working' | 'idle';

/** Returns the state of a subscription as one word: the worst one that applies. */
export function stateOf({ deadLetters, waiting, underWay }: Pick<SubscriptionView, 'deadLetters' | 'waiting' | 'underWay'>): DurableState {
  if (deadLetters > 0) return 'dead';
  if (underWay > 0) return 'working';
  return waiting > 0 ? 'waiting' : 'idle';
}
