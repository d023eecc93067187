import { rendezvous } from '@wabus/broker/lease-policy';

/** The same as in earlier releases, because edges of two releases must agree while one replaces the other. */
const SEPARATOR = ' ';

/** The edge that dispatches a webhook, from the `drainer.<id>` key. */
export interface WebhookAssignment {
  /** `null` if the edge released the webhook. */
  readonly edge: string | null;
  /** The revision of the key, under which the edge writes. */
  readonly revision: number;
}

/** What an edge must do about one webhook. */
export type Duty = 'take' | 'dispatch' | 'release' | 'none';

/**
 * Decides what this edge must do about a webhook. Each webhook belongs to the living edge that comes first in the order of a hash of both
 * (rendezvous hashing). All edges therefore agree without communication, and the death of an edge moves only its own webhooks. If another
 * living edge still dispatches the webhook, this edge waits: the other one reaches the same result and releases it.
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

/** Returns the living edge to which a webhook belongs. */
export function edgeOf(webhook: string, living: readonly string[]): string | null {
  return rendezvous(
    webhook,
    living.map(name => ({ name })),
    SEPARATOR
  );
}
