import type { SubscriptionView } from '@wabus/contracts';

export type DurableState = 'dead' | 'waiting' | 'working' | 'idle';

/** How a subscription does, in a word: the worst that is true. */
export function stateOf({ deadLetters, waiting, underWay }: Pick<SubscriptionView, 'deadLetters' | 'waiting' | 'underWay'>): DurableState {
  if (deadLetters > 0) return 'dead';
  if (underWay > 0) return 'working';
  return waiting > 0 ? 'waiting' : 'idle';
}
