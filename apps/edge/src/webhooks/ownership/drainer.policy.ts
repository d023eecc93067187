import { createHash } from 'node:crypto';

/** Who drains a webhook, as its `drainer.<id>` key says. */
export interface Drainer {
  /** `null` when it was given up. */
  readonly edge: string | null;
  /** Revision of the key: under it the edge writes. */
  readonly revision: number;
}

/** What an edge should do about one webhook. */
export type Duty = 'take' | 'drain' | 'release' | 'none';

/**
 * Each webhook belongs to the living edge that comes first in the order of a hash over both (rendezvous hashing), so that all edges agree without asking one another,
 * and the death of one moves only its own webhooks. Another living edge is waited for: it will see the same and release.
 */
export function dutyOf(
  webhook: string,
  { self, living, drainer }: { self: string; living: readonly string[]; drainer: Drainer | undefined }
): Duty {
  const chosen = edgeOf(webhook, living);
  const holder = drainer?.edge ?? null;
  if (holder === self) return chosen === self ? 'drain' : 'release';
  if (chosen !== self) return 'none';
  return holder === null || !living.includes(holder) ? 'take' : 'none';
}

/** The living edge that a webhook belongs to. */
export function edgeOf(webhook: string, living: readonly string[]): string | null {
  let best: { edge: string; weight: string } | null = null;
  for (const edge of living) {
    const weight = createHash('sha256').update(`${webhook} ${edge}`).digest('hex');
    if (best === null || weight > best.weight) best = { edge, weight };
  }
  return best?.edge ?? null;
}
