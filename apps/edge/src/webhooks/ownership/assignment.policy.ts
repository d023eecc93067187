import { rendezvous } from '@wabus/broker/lease-policy';

/** As in every release before: edges of two releases have to agree while one replaces the other. */
const SEPARATOR = ' ';

/** Which edge dispatches a webhook, as its `drainer.<id>` key says. */
export interface WebhookAssignment {
  /** `null` when it was given up. */
  readonly edge: string | null;
  /** Revision of the key: under it the edge writes. */
  readonly revision: number;
}

/** What an edge should do about one webhook. */
export type Duty = 'take' | 'dispatch' | 'release' | 'none';

/**
 * Each webhook belongs to the living edge that comes first in the order of a hash over both (rendezvous hashing), so that all edges agree without asking one another,
 * and the death of one moves only its own webhooks. Another living edge is waited for: it will see the same and release.
 */
export function dutyOf(
  webhook: string,
  { self, living, assignment }: { self: string; living: readonly string[]; assignment: WebhookAssignment | undefined }
): Duty {
  const chosen = edgeOf(webhook, living);
  const holder = assignment?.edge ?? null;
  if (holder === self) return chosen === self ? 'dispatch' : 'release';
  if (chosen !== self) return 'none';
  return holder === null || !living.includes(holder) ? 'take' : 'none';
}

/** The living edge that a webhook belongs to. */
export function edgeOf(webhook: string, living: readonly string[]): string | null {
  return rendezvous(
    webhook,
    living.map(name => ({ name })),
    SEPARATOR
  );
}
