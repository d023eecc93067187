import type { AttemptView } from '@wabus/contracts';

/** One interval of the period that the attempts cover. */
export interface AttemptBucket {
  /** ISO time of its start. */
  readonly from: string;
  readonly delivered: number;
  readonly failed: number;
  /** The largest backlog in this interval; without attempts, the backlog of the previous interval. `null` until an attempt reports one. */
  readonly waiting: number | null;
}

/** Counts attempts in this many intervals of equal length that end now, oldest first. */
export function attemptBuckets(
  attempts: readonly Pick<AttemptView, 'at' | 'outcome' | 'backlog'>[],
  now: number,
  parts = 30
): AttemptBucket[] {
  if (attempts.length === 0) return [];
  const begin = Math.min(...attempts.map(({ at }) => Date.parse(at)));
  const length = Math.max(now - begin, parts) / parts;
  const buckets = Array.from({ length: parts }, (_, index) => ({
    from: new Date(begin + index * length).toISOString(),
    delivered: 0,
    failed: 0,
    waiting: null as number | null
  }));
  for (const { at, outcome, backlog } of attempts) {
    // The edge's clock may be ahead of the reader's.
    const bucket = buckets[Math.min(parts - 1, Math.floor((Date.parse(at) - begin) / length))]!;
    if (outcome === 'delivered') bucket.delivered++;
    else bucket.failed++;
    if (backlog !== undefined) bucket.waiting = Math.max(bucket.waiting ?? 0, backlog);
  }
  let before: number | null = null;
  for (const bucket of buckets) before = bucket.waiting ??= before;
  return buckets;
}

export const ATTEMPT_FILTERS = ['all', 'failed', 'delivered'] as const;
export type AttemptFilter = (typeof ATTEMPT_FILTERS)[number];

export function isShown({ outcome }: Pick<AttemptView, 'outcome'>, filter: AttemptFilter): boolean {
  return filter === 'all' || (filter === 'delivered') === (outcome === 'delivered');
}
